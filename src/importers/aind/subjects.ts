import type { ExtraFieldsWriter } from '../extra-fields';
import { fit } from '../lengths';
import type { Place } from '../report';
import type { Sex } from '../vocabulary';
import type { Context } from './context';
import type { Facts } from './facts';
import { keepLeft } from './leftovers';
import { isUnknown, supplierIn } from './vocabulary-entries';

const sexes = new Map<string, Sex>([
  ['female', 'FEMALE'],
  ['male', 'MALE'],
  ['hermaphrodite', 'OTHER'],
  ['other', 'OTHER'],
  ['unknown', 'UNKNOWN'],
]);

/** Maps a document about a subject. `facts` of version 2 hold what is particular to an animal in `subject_details`. */
export function mapSubject(facts: Facts, context: Context): string {
  const identifier = facts.text('subject_id');
  if (identifier === null) facts.refuse('subject_id', 'not stated', 'the identifier of the subject');
  const key = subjectKey(identifier);
  const details = facts.child('subject_details') ?? facts;
  const extraFields = context.fieldsOf('subject', key);
  const { place } = facts;
  const aside = { report: context.report, place, extraFields };
  const term = speciesTerm(details);
  const species = context.species.keyOf(term, place);
  const genotype = details.text('genotype');
  const fields = {
    name: fit(identifier, 'subjectName', aside),
    identifier: fit(identifier, 'identifier', aside),
    species: term === null ? null : species,
    strain: strainIn(details, species, context),
    sex: sexIn(details, extraFields, context),
    birthDate: details.day('date_of_birth'),
    genotype: genotype === null ? null : fit(genotype, 'genotype', aside),
    supplier: supplierIn(details, 'source', context),
    description: facts.text('notes'),
  };
  context.tree.put('Subject', key, fields, place, { species, sex: 'UNKNOWN' });
  details.skip('object_type');
  for (const group of ['breeding_info', 'housing']) {
    const inside = details.holdsObjects(group) ? details.child(group) : null;
    if (inside) keepLeft(inside, extraFields);
  }
  if (details !== facts) keepLeft(details, extraFields);
  keepLeft(facts, extraFields);
  return key;
}

/** The key of a subject that only its identifier is known of; it is made where no document describes it. */
export function subjectByIdentifier(identifier: string, place: Place, context: Context): string {
  const key = subjectKey(identifier);
  if (context.tree.has(key)) return key;
  context.report.add('DECIDED', 'a subject that no document describes has its identifier only', place, identifier);
  const aside = { report: context.report, place, extraFields: context.fieldsOf('subject', key) };
  const name = fit(identifier, 'subjectName', aside);
  return context.tree.put('Subject', key, { name, identifier: name }, place, {
    species: context.species.keyOf(null, place),
    sex: 'UNKNOWN',
  });
}

function subjectKey(identifier: string): string {
  return `subject:${identifier}`;
}

/** The species as `name\nidentifier`, in the form that the register of species reads. */
function speciesTerm(details: Facts): string | null {
  const species = details.holdsObjects('species') ? details.child('species') : null;
  if (species === null) return details.text('species');
  const [name, identifier] = [species.text('name'), species.text('registry_identifier')];
  species.skip('registry', 'common_name', 'abbreviation');
  const taxon = identifier?.match(/\d+$/)?.[0];
  return name === null && taxon === undefined
    ? null
    : `${name ?? ''}\n${taxon === undefined ? '' : `NCBI:txid${taxon}`}`.trimEnd();
}

function strainIn(details: Facts, species: string, context: Context): string | null {
  const asObject = details.holdsObjects('strain') ? details.child('strain') : null;
  const name = asObject ? asObject.peek('name') : (details.peek('background_strain') ?? details.peek('strain'));
  if (typeof name !== 'string' || isUnknown(name)) return null;
  asObject?.skip('name', 'registry', 'species');
  if (!asObject) details.skip('background_strain', 'strain');
  const identifier = asObject?.text('registry_identifier') ?? null;
  return context.species.strainKeyOf(
    identifier === null ? name.trim() : `${name.trim()}\n${identifier}`,
    species,
    details.place,
  );
}

function sexIn(details: Facts, extraFields: ExtraFieldsWriter, context: Context): Sex | null {
  const stated = details.text('sex');
  const sex = stated === null ? undefined : sexes.get(stated.toLowerCase());
  if (sex) return sex;
  if (stated === null) context.report.add('DECIDED', 'a subject’s sex is not stated: UNKNOWN', details.place);
  else {
    context.report.add('NOT_UNDERSTOOD', 'a sex is outside the vocabulary: UNKNOWN', details.place, stated);
    extraFields.keep('sexAsStated', stated, details.place);
  }
  return null;
}
