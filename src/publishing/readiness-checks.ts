import { of } from '../access/rules';
import type { Compiler } from '../access/compiler';
import { either } from '../database/conditions';
import { join, name, sql, type Alias, type Sql } from '../database/sql';
import type { ProjectType } from '../model/families';
import type { ReadinessFinding } from './readiness.types';

/** The eyes through which content is looked at. */
export interface Sight {
  /** The content, under its alias. */
  t: Alias;
  /** The column of a field of the content, as far as the owner who asks is answered that field. */
  column: (field: string) => Sql;
  /** What that owner sees. */
  owner: Compiler;
  /** What anonymous viewers see. */
  anybody: Compiler;
}

/** What is asked of each type of content: a condition under which it is a finding. */
export interface Check {
  type: ProjectType;
  code: ReadinessFinding['code'];
  severity: ReadinessFinding['severity'];
  message: string;
  when: (sight: Sight) => Sql;
  field: string;
}

const isFuture =
  (...fields: string[]): Check['when'] =>
  ({ column }) =>
    either(fields.map((field) => sql`${column(field)} > now() + interval '1 day'`));
const isEmpty =
  (field: string): Check['when'] =>
  ({ column }) =>
    sql`COALESCE(btrim(${column(field)}), '') = ''`;
const isSet =
  (field: string): Check['when'] =>
  ({ column }) =>
    sql`${column(field)} IS NOT NULL`;

/** Of a species that the owner does not see, not even the name is looked at. */
function isHuman({ t, owner }: Sight): Sql {
  const s = Symbol('species');
  return sql`EXISTS (SELECT 1 FROM "species" ${name(s)} WHERE ${name(s, 'id')} = ${name(t, 'species_id')} AND ${name(s, 'name')} ILIKE 'homo sapiens' AND ${owner.rows('Species', s)})`;
}

export const checks: readonly Check[] = [
  {
    type: 'Project',
    code: 'MISSING_DESCRIPTION',
    severity: 'WARNING',
    field: 'description',
    when: isEmpty('description'),
    message: 'The project has no description: say what it is about.',
  },
  {
    type: 'Project',
    code: 'MISSING_LICENSE',
    severity: 'IMPORTANT',
    field: 'license',
    when: isEmpty('license'),
    message: 'The project has no licence: without one nobody may use the data.',
  },
  {
    type: 'Session',
    code: 'MISSING_DESCRIPTION',
    severity: 'INFO',
    field: 'description',
    when: isEmpty('description'),
    message: 'Sessions have no description.',
  },
  {
    type: 'Session',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'startedAt',
    when: isFuture('startedAt'),
    message: 'Sessions begin in the future: check the date and its time zone.',
  },
  {
    type: 'Procedure',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'dateTime',
    when: isFuture('dateTime'),
    message: 'Procedures lie in the future: check the date.',
  },
  {
    type: 'Subject',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'birthDate',
    when: isFuture('birthDate', 'deathDate'),
    message: 'Subjects are born or die in the future: check the dates.',
  },
  {
    type: 'Breeding',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'birthDate',
    when: isFuture('birthDate'),
    message: 'Litters are born in the future: check the dates of breedings.',
  },
  {
    type: 'Session',
    code: 'NO_MODULES',
    severity: 'WARNING',
    field: 'behaviors',
    when: ({ t }) =>
      join(
        ['behavior', 'data_acquisition', 'manipulation'].map(
          (modules) => sql`NOT EXISTS (SELECT 1 FROM ${name(modules)} m WHERE m."session_id" = ${name(t, 'id')})`,
        ),
        ' AND ',
      ),
    message:
      'Sessions have neither behaviors nor data acquisitions nor manipulations: readers will not learn what happened.',
  },
  {
    type: 'Subject',
    code: 'SPECIES_NOT_VISIBLE',
    severity: 'WARNING',
    field: 'species',
    when: ({ t, anybody }) => sql`NOT ${anybody.holds(of('speciesId', 'Species'), 'Subject', t)}`,
    message: 'The species of subjects is a proposal that is not approved yet: it will read as null.',
  },
  {
    type: 'Subject',
    code: 'HUMAN_BIRTH_DATE',
    severity: 'IMPORTANT',
    field: 'birthDate',
    when: (sight) => sql`${sight.column('birthDate')} IS NOT NULL AND ${isHuman(sight)}`,
    message: 'Human subjects have exact birth dates: give an age instead.',
  },
  {
    type: 'SubjectLogEntry',
    code: 'PEOPLE_NAMED',
    severity: 'INFO',
    field: 'performedBy',
    when: isSet('performedBy'),
    message: 'Logs of subjects name who did something: the names become visible.',
  },
  {
    type: 'ProcedureLogEntry',
    code: 'PEOPLE_NAMED',
    severity: 'INFO',
    field: 'performedBy',
    when: isSet('performedBy'),
    message: 'Logs of procedures name who did something: the names become visible.',
  },
  {
    type: 'BreedingLogEntry',
    code: 'PEOPLE_NAMED',
    severity: 'INFO',
    field: 'performedBy',
    when: isSet('performedBy'),
    message: 'Logs of breedings name who did something: the names become visible.',
  },
];
