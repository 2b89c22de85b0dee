import type { Context } from './context';
import type { Facts } from './facts';
import { notesWith } from './leftovers';
import type { ProcedureScope } from './procedure-scope';
import { keyPart } from './keys';
import { fitTo } from '../lengths';
import { ofType } from '../module-type';
import { quantity } from './units';
import { isUnknown, supplierIn, unstatedSupplier } from './vocabulary-entries';

const inventory = 'inventory:consumables';

/** The one inventory of a source: it says what was used, and never where it was kept. */
function inventoryKey(context: Context, facts: Facts): string {
  const assumed = {
    name: 'Consumables',
    description: 'What was injected or used in procedures, as the metadata name it.',
  };
  return context.tree.put('Inventory', inventory, {}, facts.place, assumed);
}

/** The key of the stock that an injected material was taken from; null where nothing names it, and it stays unread. */
export function injectedStock(material: Facts, scope: ProcedureScope): string | null {
  const tars = material.child('tars_identifiers');
  const names = [
    material.peek('name'),
    material.peek('full_genome_name'),
    tars?.peek('virus_tars_id'),
    tars?.peek('prep_lot_number'),
  ];
  const name = names.find((text) => typeof text === 'string' && !isUnknown(text) && !text.startsWith('(v1v2 upgrade)'));
  if (typeof name !== 'string') return null;
  if (name === material.peek('name')) material.skip('name');
  return isVirus(material) ? virus(name.trim(), material, tars, scope) : reagent(name.trim(), material, scope);
}

/** By what the source calls it; before it called it anything, by what only viruses have. */
export function isVirus(material: Facts): boolean {
  const kind = material.word('material_type') || material.word('object_type');
  if (kind !== '') return /^vir/i.test(kind);
  return material.has('titer') || material.has('tars_identifiers') || material.has('prep_type');
}

function virus(name: string, material: Facts, tars: Facts | null, scope: ProcedureScope): string {
  material.skip('material_type');
  const lot = tars?.text('prep_lot_number') ?? null;
  const titer = quantity(material, 'titer', ['vg/mL', 'TU/mL', 'pfu/mL']);
  const gc = material.word('titer_unit').toLowerCase() === 'gc/ml';
  if (titer && gc)
    scope.context.report.add(
      'DECIDED',
      'titers in gc/mL (genome copies) are given in vg/mL (viral genomes), the same count',
      material.place,
    );
  const key = `stock:${keyPart(name)}/${lot ?? titer?.value ?? 'lot not stated'}`;
  const details = { ...(titer ? { titer } : {}), ...(lot === null ? {} : { batchId: lot }) };
  return stock(key, 'VirusSolution', details, name, material, scope);
}

function reagent(name: string, material: Facts, scope: ProcedureScope): string {
  material.skip('material_type');
  return chemical(name, material, scope);
}

/** A reagent: nothing says of what kind of chemical it is, so it is of the kind Other. */
export function chemical(name: string, reagent: Facts, scope: ProcedureScope): string {
  scope.context.report.add(
    'DECIDED',
    'a reagent is a chemical of the kind Other: nothing says which',
    reagent.place,
    name,
  );
  const lot = reagent.text('lot_number');
  const details = { compoundName: name, ...(lot === null ? {} : { batchId: lot }) };
  return stock(`stock:${keyPart(name)}/${lot ?? 'lot not stated'}`, 'ChemicalReagent', details, name, reagent, scope);
}

function stock(
  key: string,
  type: string,
  details: object,
  name: string,
  facts: Facts,
  { context, extraFields }: ProcedureScope,
): string {
  const consumable = consumableKey(name, facts, context);
  const notes = notesWith([], facts, { owner: 'consumable stock notes', extraFields, name: 'injectionMaterial' });
  const fields = {
    inventory: inventoryKey(context, facts),
    consumable,
    ...ofType('CONSUMABLE_STOCK', type),
    details,
    notes,
  };
  const assumed = type === 'ChemicalReagent' ? { details: { chemicalType: 'Other' } } : {};
  return context.tree.put('ConsumableStock', key, fields, facts.place, assumed);
}

/** A consumable whose supplier is stated once, in any of the documents, has that one. */
function consumableKey(name: string, facts: Facts, context: Context): string {
  const { place } = facts;
  const key = `consumable:${keyPart(name)}`;
  const stated = supplierIn(facts, 'source', context);
  if (context.tree.has(key) && stated === null) return key;
  const shown = fitTo(name, 100, 'consumable name', 'the key', { report: context.report, place });
  const assumed = stated === null ? { supplier: unstatedSupplier(context, place) } : {};
  return context.tree.put('Consumable', key, { name: shown, supplier: stated }, place, assumed);
}
