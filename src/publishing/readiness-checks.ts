import { of } from '../access/rules';
import type { FieldQuestion } from '../access/columns';
import { anonymous } from '../access/viewer';
import { conditionFor, conditionOf } from '../access/visibleTo';
import type { NodeName } from '../model/ids';
import type { ReadinessFinding } from './readiness.types';

/** The eyes through which content is looked at: those of the owner who asks. */
export interface Sight {
  question: FieldQuestion;
  /** The column of a field of the content, as far as the owner is answered that field. */
  column: (field: string) => string;
}

/** What is asked of each type of content: a condition under which it is a finding. */
export interface Check {
  type: NodeName;
  code: string;
  severity: ReadinessFinding['severity'];
  message: string;
  when: (sight: Sight) => string;
  field: string;
}

const isFuture =
  (...fields: string[]): Check['when'] =>
  ({ column }) =>
    fields.map((field) => `${column(field)} > now() + interval '1 day'`).join(' OR ');
const isEmpty =
  (field: string): Check['when'] =>
  ({ column }) =>
    `COALESCE(btrim(${column(field)}), '') = ''`;
const isSet =
  (field: string): Check['when'] =>
  ({ column }) =>
    `${column(field)} IS NOT NULL`;

/** Of a species that the owner does not see, not even the name is looked at. */
const isHuman = ({ question }: Sight): string =>
  `EXISTS (SELECT 1 FROM "species" s WHERE s."id" = t."species_id" AND s."name" ILIKE 'homo sapiens' AND ${conditionFor(question, 'Species', 's')})`;

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
    type: 'Session',
    code: 'NO_MODULES',
    severity: 'WARNING',
    field: 'behaviors',
    when: () =>
      ['behavior', 'data_acquisition', 'manipulation']
        .map((table) => `NOT EXISTS (SELECT 1 FROM "${table}" m WHERE m."session_id" = t."id")`)
        .join(' AND '),
    message:
      'Sessions have neither behaviors nor data acquisitions nor manipulations: readers will not learn what happened.',
  },
  {
    type: 'Subject',
    code: 'SPECIES_NOT_VISIBLE',
    severity: 'WARNING',
    field: 'species',
    when: ({ question }) =>
      `NOT ${conditionOf({ ...question, viewer: anonymous }, of('speciesId', 'Species'), 'Subject', 't')}`,
    message: 'The species of subjects is a proposal that is not approved yet: it will read as null.',
  },
  {
    type: 'Subject',
    code: 'HUMAN_BIRTH_DATE',
    severity: 'IMPORTANT',
    field: 'birthDate',
    when: (sight) => `${sight.column('birthDate')} IS NOT NULL AND ${isHuman(sight)}`,
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
];

/** Where people write freely, and so may write what is nobody's business. */
export const freeTexts: Partial<Record<NodeName, readonly string[]>> = {
  Project: ['name', 'description'],
  Collection: ['name', 'description'],
  Cohort: ['name', 'description'],
  Subject: ['name', 'description', 'identifier'],
  Session: ['name', 'description'],
  Behavior: ['notes'],
  DataAcquisition: ['notes', 'fileName'],
  Manipulation: ['notes'],
  Procedure: ['notes'],
  SubjectLog: ['description'],
  SubjectLogEntry: ['notes'],
  ProcedureLog: ['description'],
  ProcedureLogEntry: ['notes'],
};
