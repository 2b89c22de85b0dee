import { SpeciesRegister } from '../species-register';
import type { EntryTree } from '../entry-tree';
import { ExtraFieldsWriter } from '../extra-fields';
import { fit } from '../lengths';
import { isSaidUnknown, isShortLived, type Sex, sexInWords, sexOfSpelling, speciesOfSpelling } from '../vocabulary';
import { ageCellOf, ageOf } from './ages';
import { type Aside, type Cell, leaveCode } from './aside';
import type { Columns } from './columns';
import { cellOf, type Participant, type Participants } from './participants';
import type { Measure } from './phenotypes';

/** Adds a subject for every participant. `consumed` names columns that became something else, such as sessions. */
export function putSubjects(
  { all, table, columns, unread }: Participants,
  known: Pick<Context, 'consumed' | 'assumed' | 'samples' | 'phenotypes'>,
  tree: EntryTree,
): void {
  const species = new SpeciesRegister(tree);
  // In the order of the columns, so that no key depends on which cells are empty.
  for (const column of table?.columns ?? []) tree.fieldKeys.keyOf('subject', column);
  for (const participant of all) {
    const assumed = unread.has(participant.label) ? null : known.assumed;
    putSubject(participant, { ...known, assumed, columns, species, tree });
  }
}

interface Context {
  columns: Columns;
  consumed: ReadonlySet<string>;
  species: SpeciesRegister;
  assumed: { name: string; by: string } | null;
  samples: ReadonlyMap<string, string>;
  phenotypes: ReadonlyMap<string, readonly Measure[]>;
  tree: EntryTree;
}

function putSubject({ label, row, place, contradicted }: Participant, context: Context): void {
  const { columns, consumed, species, assumed, samples, phenotypes, tree } = context;
  const { report } = tree;
  const aside = { report, place, extraFields: new ExtraFieldsWriter(tree, 'subject') };
  const stated = {
    sex: cellOf(row, 'sex', 'gender'),
    age: ageCellOf(row),
    species: cellOf(row, 'species', 'organism') ?? namedAnimal(cellOf(row, 'animal')),
    strain: cellOf(row, 'strain'),
    strainRrid: cellOf(row, 'strain_rrid'),
    genotype: cellOf(row, 'genotype'),
  };
  const term = speciesTerm(stated.species, assumed, columns, aside);
  const itsSpecies = species.keyOf(term, place);
  const named = stated.strain === null || isSaidUnknown(stated.strain.value) ? '' : stated.strain.value;
  const strain = [named, stated.strainRrid?.value ?? ''].join('\n').trimEnd();
  const fields = {
    name: fit(label, 'subjectName', aside),
    species: stated.species === null || term === null ? null : itsSpecies,
    strain: strain === '' ? null : species.strainKeyOf(strain, itsSpecies, place),
    sex: sexOf(stated.sex, columns, aside),
    age: ageOf(stated.age, columns, isShortLived(String(tree.get(itsSpecies)?.name)), aside),
    genotype: stated.genotype === null ? null : fit(stated.genotype.value, 'genotype', aside),
    nameUsedInStorage: fit(`sub-${label}`, 'nameUsedInStorage', aside),
  };
  const mapped = Object.values(stated).map((cell) => cell?.column);
  for (const [column, value] of row?.cells ?? []) {
    if (column === 'participant_id' || mapped.includes(column) || consumed.has(column)) continue;
    aside.extraFields.keep(column, columns.kept(column, value), place);
  }
  for (const [column, lines] of contradicted) aside.extraFields.keep(column, lines, place);
  for (const { name, value, place: where } of phenotypes.get(label) ?? []) aside.extraFields.keep(name, value, where);
  aside.extraFields.keep('samples', samples.get(label) ?? null, place);
  const extraFields = aside.extraFields.finish();
  tree.put('Subject', `subject:${label}`, { ...fields, extraFields }, place, { species: itsSpecies, sex: 'UNKNOWN' });
}

/** A column `animal` may say which kind, or which one. */
function namedAnimal(cell: Cell): Cell {
  return cell !== null && speciesOfSpelling(cell.value) !== null ? cell : null;
}

function speciesTerm(
  stated: Cell,
  assumed: { name: string; by: string } | null,
  columns: Columns,
  aside: Aside,
): string | null {
  const { report, place } = aside;
  if (stated !== null && isSaidUnknown(stated.value)) {
    report.add('DECIDED', 'a species that is said to be unknown is not stated', place, stated.value);
    return null;
  }
  if (stated !== null && columns.isUnread && speciesOfSpelling(stated.value) === null) {
    leaveCode(stated, aside);
    return null;
  }
  if (stated !== null) return columns.meaning(stated.column, stated.value) ?? stated.value;
  if (assumed === null) return null;
  report.add('DECIDED', `no cell states the species: ${assumed.name}, by ${assumed.by}`, place);
  return assumed.name;
}

/** The meaning in the JSON counts before the spelling, so that 1 and 2 are understood where they are explained. */
function sexOf(stated: Cell, columns: Columns, aside: Aside): Sex | null {
  const { report, place, extraFields } = aside;
  if (stated === null) {
    report.add('DECIDED', 'a subject’s sex is not stated: UNKNOWN', place);
    return null;
  }
  const { column, value } = stated;
  const meaning = columns.meaning(column, value);
  if (column.toLowerCase() !== 'sex') report.add('DECIDED', `the column ${column} is taken as the sex`, place, value);
  const told = meaning === null ? null : (sexOfSpelling(meaning) ?? sexInWords(meaning));
  const sex = told ?? sexOfSpelling(value);
  if (sex !== null) return sex;
  if (columns.isUnread) {
    leaveCode(stated, aside);
    return null;
  }
  report.add('NOT_UNDERSTOOD', 'a sex is outside the vocabulary: UNKNOWN', place, value);
  extraFields.keep('sexAsStated', meaning === null ? value : `${value} (${meaning})`, place);
  return null;
}
