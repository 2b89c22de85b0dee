import { unstatedSpecies } from '../vocabulary';
import type { Place } from '../report';
import type { Context } from './context';
import { type Facts } from './facts';
import { keyPart } from './keys';
import { fitTo } from '../lengths';

/** What stands where the source names nobody: these say no more than "not stated". */
const nobody = ['other', 'unknown', 'n/a', 'na', 'none', ''];

/** Whether a name says only that nothing is known. */
export function isUnknown(name: string | null): boolean {
  return name === null || nobody.includes(name.trim().toLowerCase());
}

/** The key of the supplier that stands for "not stated": a consumable must have one. */
export function unstatedSupplier(context: Context, place: Place): string {
  context.report.add('DECIDED', `the supplier of a consumable is not stated: ${unstatedSpecies}`, place);
  return context.tree.put('Supplier', 'supplier:unspecified', { name: unstatedSpecies }, place);
}

/**
 * The key of the supplier that a field names, as an organisation with its registry or by name alone. Null, and the field
 * stays unread, where it names nobody (`Other`).
 */
export function supplierIn(facts: Facts, key: string, context: Context): string | null {
  if (!facts.has(key)) return null;
  const organisation = facts.holdsObjects(key) ? facts.child(key) : null;
  const stated = organisation ? organisation.peek('name') : facts.peek(key);
  const name = typeof stated === 'string' ? stated.trim() : null;
  if (name === null || isUnknown(name)) return null;
  if (!organisation) facts.skip(key);
  return registerSupplier(name, organisation, facts.place, context);
}

function registerSupplier(name: string, organisation: Facts | null, place: Place, context: Context): string {
  organisation?.skip('name');
  const ror = organisation === null ? null : rorIn(organisation);
  const abbreviation = organisation?.text('abbreviation') ?? null;
  const fields = {
    name: fitTo(name, 100, 'supplier name', 'the key', { report: context.report, place }),
    description: abbreviation === null || abbreviation === name ? null : `Abbreviated ${abbreviation}.`,
    externalIdentifiers: ror === null ? null : [{ source: 'ROR', identifier: ror, url: `https://ror.org/${ror}` }],
  };
  return context.tree.put('Supplier', `supplier:${keyPart(name)}`, fields, place);
}

/** The identifier in the Research Organization Registry; other registries are left unread. */
export function rorIn(organisation: Facts): string | null {
  const identifier = organisation.peek('registry_identifier');
  if (typeof identifier !== 'string' || !/^0[a-z0-9]{6}\d\d$/.test(identifier.trim())) return null;
  organisation.skip('registry', 'registry_identifier');
  return identifier.trim();
}

/** The key of a commercial product, of which maker and model are stated; else null, and both stay unread. */
export function hardwareDeviceIn(facts: Facts, context: Context): string | null {
  const model = facts.peek('model') ?? facts.peek('probe_model');
  if (typeof model !== 'string' || isUnknown(model)) return null;
  const supplier = supplierIn(facts, 'manufacturer', context);
  if (supplier === null) return null;
  facts.skip('model', 'probe_model');
  const maker = String(context.tree.get(supplier)?.name);
  const name = model.toLowerCase().startsWith(maker.toLowerCase()) ? model.trim() : `${maker} ${model.trim()}`;
  const fields = {
    name: fitTo(name, 100, 'device name', 'the key', { report: context.report, place: facts.place }),
    supplier,
  };
  return context.tree.put('HardwareDevice', `device:${keyPart(name)}`, fields, facts.place);
}

/** The key of a brain region that is stated with its atlas, name and acronym; else null, and it stays unread. */
export function brainRegionIn(facts: Facts, key: string, context: Context): string | null {
  if (!facts.has(key) || !facts.holdsObjects(key)) {
    if (facts.has(key))
      facts.report.add('DECIDED', 'a brain region without its atlas stays a text', facts.place, facts.word(key));
    return null;
  }
  const region = facts.child(key);
  const [atlas, name, acronym] = [region?.peek('atlas'), region?.peek('name'), region?.peek('acronym')];
  if (atlas !== 'CCFv3' || typeof name !== 'string' || typeof acronym !== 'string' || acronym.length > 15) return null;
  region?.skip('atlas', 'name', 'acronym');
  return context.tree.put(
    'BrainRegion',
    `region:ALLEN_MOUSE/${acronym}`,
    { name, acronym, atlas: 'ALLEN_MOUSE' },
    facts.place,
  );
}
