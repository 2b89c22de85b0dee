import { DistinctValues } from '../distinct-values';
import type { EntryTree } from '../entry-tree';
import { ExtraFieldsWriter } from '../extra-fields';
import { isRecord, type Json, type JsonRecord, readableText, textOf } from '../json';
import { fit } from '../lengths';
import type { Place, ReportWriter } from '../report';
import { isSaidUnknown, type Sex, sexOfSpelling } from '../vocabulary';
import type { SpeciesRegister } from '../species-register';
import { isAge } from '../times';

/** Everything that the files of one subject state about it. */
export interface SubjectDraft {
  label: string;
  firstPlace: Place;
  identifier: DistinctValues;
  species: DistinctValues;
  strain: DistinctValues;
  sex: DistinctValues;
  age: DistinctValues;
  genotype: DistinctValues;
  /** By the field's name: what a participant has beyond the fields above. */
  rest: Map<string, DistinctValues>;
}

const mapped = ['schemaKey', 'identifier', 'species', 'strain', 'sex', 'age', 'genotype'];

/** A subject of which only the label is known yet, and where it was first met. */
export function draftSubject(label: string, firstPlace: Place): SubjectDraft {
  const [identifier, species, strain] = [new DistinctValues(), new DistinctValues(), new DistinctValues()];
  const [sex, age, genotype] = [new DistinctValues(), new DistinctValues(), new DistinctValues()];
  return { label, firstPlace, identifier, species, strain, sex, age, genotype, rest: new Map() };
}

/** The age that a participant states, if it is an ISO 8601 duration or range; else null. */
export function ageOf(participant: JsonRecord): string | null {
  const age = ageText(participant.age);
  return age !== null && isAge(age) ? age : null;
}

function ageText(age: Json | undefined): string | null {
  return isRecord(age) ? textOf(age.value) : textOf(age);
}

/** Adds what one file states about its participant. */
export function addParticipant(draft: SubjectDraft, participant: JsonRecord, place: Place, report: ReportWriter): void {
  draft.identifier.add(textOf(participant.identifier), place);
  for (const field of ['species', 'strain'] as const) {
    const term = namedTerm(participant[field]);
    if (term === null || !isSaidUnknown(term)) draft[field].add(term, place);
    else report.add('DECIDED', `a ${field} that is said to be unknown is not stated`, place, term);
  }
  draft.sex.add(namedTerm(participant.sex), place);
  draft.genotype.add(readableText(participant.genotype), place);
  draft.age.add(ageOf(participant), place);
  addUnusualAge(draft, participant.age, place, report);
  for (const [key, value] of Object.entries(participant).filter(([key]) => !mapped.includes(key))) {
    addRest(draft, key, readableText(value), place);
  }
}

/** An age that is no duration, or that does not count from birth, is kept as the source has it. */
function addUnusualAge(draft: SubjectDraft, age: Json | undefined, place: Place, report: ReportWriter): void {
  const stated = ageAsStated(age);
  if (stated !== null && !isAge(stated)) {
    report.add('NOT_UNDERSTOOD', 'an age is no ISO 8601 duration or range', place, stated);
    addRest(draft, 'ageAsStated', stated, place);
  }
  const valueReference = isRecord(age) ? age.valueReference : undefined;
  const reference = isRecord(valueReference) ? textOf(valueReference.value) : textOf(valueReference);
  if (reference !== null && reference !== 'dandi:BirthReference') addRest(draft, 'ageReference', reference, place);
}

/** An age as the source writes it, with its unit and range: `18–20 days`. */
function ageAsStated(age: Json | undefined): string | null {
  if (!isRecord(age)) return textOf(age);
  const unit = textOf(age.unitText);
  const range = [age.minValue, age.maxValue].map(textOf).filter((text) => text !== null);
  const stated = textOf(age.value) ?? (range.length === 0 ? null : range.join('–'));
  const isPlain = stated === null || unit === null || /^ISO.?8601/i.test(unit);
  return isPlain ? stated : `${stated} ${unit}`;
}

function addRest(draft: SubjectDraft, key: string, value: string | null, place: Place): void {
  const values = draft.rest.get(key) ?? new DistinctValues();
  values.add(value, place);
  draft.rest.set(key, values);
}

/** A term as one text, to be compared and split again: `name\nidentifier`. */
function namedTerm(term: Json | undefined): string | null {
  if (!isRecord(term)) return textOf(term);
  const [name, identifier] = [textOf(term.name), textOf(term.identifier)];
  return name === null && identifier === null ? null : `${name ?? ''}\n${identifier ?? ''}`.trimEnd();
}

/** Adds the subject of a draft. Where files disagree the first counts, and the others go to extraFields. */
export function putSubject(draft: SubjectDraft, species: SpeciesRegister, tree: EntryTree): void {
  const { report } = tree;
  const extraFields = new ExtraFieldsWriter(tree, 'subject');
  const place = draft.firstPlace;
  const aside = { report, place, extraFields };
  for (const field of ['identifier', 'species', 'strain', 'sex', 'genotype'] as const) {
    for (const { value, place: otherPlace } of draft[field].others) {
      report.add('DECIDED', `files disagree about a subject’s ${field}: the first counts`, otherPlace, value);
      extraFields.keep(`${field}InOtherFiles`, value.replace('\n', ' '), otherPlace);
    }
  }
  const otherAges = draft.age.others;
  if (otherAges.length > 0) {
    const message =
      'a subject’s age differs between sessions: the subject has the first, each session its own in extraFields';
    report.add('DECIDED', message, otherAges[0]!.place, draft.age.all.join(', '));
  }
  for (const [key, values] of draft.rest) {
    for (const value of values.all) extraFields.keep(key, value, place);
  }
  const itsSpecies = species.keyOf(draft.species.first, place);
  const [genotype, identifier] = [draft.genotype.first, draft.identifier.first];
  const fields = {
    name: fit(draft.label, 'subjectName', aside),
    species: draft.species.first === null ? null : itsSpecies,
    strain: draft.strain.first === null ? null : species.strainKeyOf(draft.strain.first, itsSpecies, place),
    sex: sexOf(draft.sex.first, aside),
    age: draft.age.first === null ? null : fit(draft.age.first, 'age', aside),
    genotype: genotype === null ? null : fit(genotype, 'genotype', aside),
    identifier: identifier === null ? null : fit(identifier, 'identifier', aside),
    nameUsedInStorage: fit(`sub-${draft.label}`, 'nameUsedInStorage', aside),
    extraFields: extraFields.finish(),
  };
  tree.put('Subject', `subject:${draft.label}`, fields, place, { species: itsSpecies, sex: 'UNKNOWN' });
}

/** By the PATO term, else by the name; null where that says nothing. */
function sexOf(
  term: string | null,
  aside: { report: ReportWriter; place: Place; extraFields: ExtraFieldsWriter },
): Sex | null {
  const { report, place, extraFields } = aside;
  if (term === null) {
    report.add('DECIDED', 'a subject’s sex is not stated: UNKNOWN', place);
    return null;
  }
  const [name, identifier] = term.split('\n');
  const pato = identifier
    ?.match(/PATO[_:]\d+/i)?.[0]
    .toLowerCase()
    .replace(':', '_');
  const sex = sexOfSpelling(pato ?? '') ?? sexOfSpelling(name ?? '');
  if (sex) return sex;
  report.add('NOT_UNDERSTOOD', 'a sex is outside the vocabulary: UNKNOWN', place, term);
  extraFields.keep('sexAsStated', term.replace('\n', ' '), place);
  return null;
}
