import { isRecord } from '../json';
import type { Place } from '../report';
import type { Context } from './context';
import { mapDevice } from './devices';
import type { Facts } from './facts';
import { linesOf, reportLeft } from './leftovers';
import { DocumentKeys, keyPart } from './keys';
import type { SetupScope, Specification } from './setup-scope';
import { fitTo } from '../lengths';

/** Kinds of instruments that image tissue outside of the body, by their names. */
const exVivo = /spim|light ?sheet|barseq|hcr|ecspim/i;

/** Maps a rig or an instrument: a setup, its devices, and everything else as specifications of the setup. */
export function mapSetup(facts: Facts, context: Context): string {
  const identifier = facts.textOf('rig_id', 'instrument_id') ?? nameless(facts);
  const setup = setupKey(identifier);
  const kind = kindOf(facts);
  const setupType = setupTypeKey(kind, facts.place, context);
  const ofItsType = kind === null ? {} : { setupType };
  const scope = { context, setup, keys: new DocumentKeys(context.report), specifications: [] as Specification[] };
  const description = [facts.text('notes')].filter((text) => text !== null).join('\n\n');
  const location = facts.text('location');
  const name = fitTo(identifier, 100, 'setup name', 'the key', { report: context.report, place: facts.place });
  context.tree.put('Setup', setup, { name, ...ofItsType }, facts.place, { setupType });
  for (const key of facts.keys()) mapField(facts, key, scope);
  specifyRest(facts, scope);
  const fields = {
    location:
      location === null
        ? null
        : fitTo(location, 100, 'setup location', 'its description', { report: context.report, place: facts.place }),
    description:
      [description, location !== null && location.length > 100 ? location : '']
        .filter((text) => text !== '')
        .join('\n\n') || null,
    specifications: scope.specifications,
  };
  return context.tree.put('Setup', setup, fields, facts.place);
}

/** The key of the setup that a session names; it is made where no document describes it. */
export function setupByIdentifier(identifier: string, place: Place, context: Context): string {
  const key = setupKey(identifier);
  if (!context.tree.has(key))
    context.report.add('DECIDED', 'a setup that no document describes has its name only', place, identifier);
  const name = fitTo(identifier, 100, 'setup name', 'the key', { report: context.report, place });
  return context.tree.put('Setup', key, { name }, place, { setupType: setupTypeKey(null, place, context) });
}

/** The key of a setup by its identifier, which people spell in any case. */
export function setupKey(identifier: string): string {
  return `setup:${keyPart(identifier)}`;
}

function nameless(facts: Facts): string {
  const name = facts.file.name.replace(/\.json$/, '');
  facts.report.add('DECIDED', 'a rig or instrument without an identifier is called as its file', facts.place, name);
  return name;
}

/** What kind of instrument it is, as stated: by its type, or by the modalities of version 2. */
function kindOf(facts: Facts): string | null {
  const type = facts.textOf('instrument_type', 'type');
  if (type !== null && type !== 'Other') return type;
  const modalities = facts.holdsObjects('modalities')
    ? facts.children('modalities').map((modality) => modality.word('abbreviation'))
    : [];
  return modalities.find((modality) => exVivo.test(modality)) ?? null;
}

/**
 * A setup must have a type. The source names types of instruments only; whether an animal in a rig is held, awake or
 * free is not stated, so the category of a rig is unknown. Instruments for tissue are ex vivo by what they are.
 */
function setupTypeKey(kind: string | null, place: Place, context: Context): string {
  const name = kind ?? 'Rig';
  if (kind === null)
    context.report.add('DECIDED', 'the type of a setup is not stated: Rig, of unknown category', place);
  const category = exVivo.test(name) ? 'EX_VIVO' : 'UNKNOWN';
  return context.tree.put('SetupType', `setupType:${name.toLowerCase()}`, { name, category }, place);
}

/** A device, or a list of devices, or an assembly with devices inside; anything else is left for the specifications. */
function mapField(facts: Facts, key: string, scope: SetupScope): void {
  const value = facts.peek(key);
  if (
    ['calibrations', 'connections', 'coordinate_system', 'modalities', 'com_ports', 'origin', 'rig_axes'].includes(key)
  )
    return;
  if (isRecord(value) || (Array.isArray(value) && value.every(isRecord))) {
    for (const inner of facts.children(key)) mapDevice(inner, key, scope, null);
  }
}

/** Everything that is no device, one specification for each field. */
function specifyRest(facts: Facts, scope: SetupScope): void {
  const left = facts.left();
  facts.skipAll();
  reportLeft(left, facts, 'setup specifications', 1);
  for (const [key, value] of Object.entries(left)) {
    const values = Array.isArray(value) && value.every(isRecord) ? value : [value];
    for (const one of values)
      scope.specifications.push({
        name: key,
        value: linesOf({ [key]: one })
          .map((line) => line.replace(`${key}: `, '').replace(`${key} `, ''))
          .join('; ')
          .trim(),
        unit: null,
      });
  }
}
