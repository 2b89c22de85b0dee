import type { Access } from '../access/access';
import type { Viewer } from '../access/viewer';
import { conditionFor } from '../access/visibleTo';
import type { Snapshot } from '../loading/snapshot';
import { Parameters, quote, runBound } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import type { ModuleKind, ModuleTypes } from '../module/module-types';
import { findPersonal } from './personal-information';
import type { ReadinessFinding } from './readiness.types';

/** A finding before its object was looked up. */
export interface Finding extends Omit<ReadinessFinding, 'object'> {
  object: { type: NodeName; id: string } | null;
}

interface ContentRow {
  id: string;
  name: string | null;
  text: string | null;
  details: unknown;
  type: string | null;
  schemaVersion: string | null;
  hit: boolean;
}

/** What is asked of each type of content: a condition under which it is a finding. */
interface Check {
  type: NodeName;
  code: string;
  severity: Finding['severity'];
  message: string;
  when: string;
  field: string;
}

const future = (column: string): string => `t.${quote(column)} > now() + interval '1 day'`;
const empty = (column: string): string => `COALESCE(btrim(t.${quote(column)}), '') = ''`;

const checks: readonly Check[] = [
  {
    type: 'Project',
    code: 'MISSING_DESCRIPTION',
    severity: 'WARNING',
    field: 'description',
    when: empty('description'),
    message: 'The project has no description: say what it is about.',
  },
  {
    type: 'Project',
    code: 'MISSING_LICENSE',
    severity: 'IMPORTANT',
    field: 'license',
    when: empty('license'),
    message: 'The project has no licence: without one nobody may use the data.',
  },
  {
    type: 'Session',
    code: 'MISSING_DESCRIPTION',
    severity: 'INFO',
    field: 'description',
    when: empty('description'),
    message: 'Sessions have no description.',
  },
  {
    type: 'Session',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'startedAt',
    when: future('started_at'),
    message: 'Sessions begin in the future: check the date and its time zone.',
  },
  {
    type: 'Procedure',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'dateTime',
    when: future('date_time'),
    message: 'Procedures lie in the future: check the date.',
  },
  {
    type: 'Subject',
    code: 'DATE_IN_FUTURE',
    severity: 'IMPORTANT',
    field: 'birthDate',
    when: `t."birth_date" > now() + interval '1 day' OR t."death_date" > now() + interval '1 day'`,
    message: 'Subjects are born or die in the future: check the dates.',
  },
  {
    type: 'Session',
    code: 'NO_MODULES',
    severity: 'WARNING',
    field: 'behaviors',
    when: ['behavior', 'data_acquisition', 'manipulation']
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
    when: 'NOT EXISTS (SELECT 1 FROM "species" s WHERE s."id" = t."species_id" AND s."is_approved")',
    message: 'The species of subjects is a proposal that is not approved yet: it will read as null.',
  },
  {
    type: 'Subject',
    code: 'HUMAN_BIRTH_DATE',
    severity: 'IMPORTANT',
    field: 'birthDate',
    when: `t."birth_date" IS NOT NULL AND EXISTS (SELECT 1 FROM "species" s WHERE s."id" = t."species_id" AND s."name" ILIKE 'homo sapiens')`,
    message: 'Human subjects have exact birth dates: give an age instead.',
  },
  {
    type: 'SubjectLogEntry',
    code: 'PEOPLE_NAMED',
    severity: 'INFO',
    field: 'performedBy',
    when: `t."performed_by" IS NOT NULL`,
    message: 'Logs of subjects name who did something: the names become visible.',
  },
  {
    type: 'ProcedureLogEntry',
    code: 'PEOPLE_NAMED',
    severity: 'INFO',
    field: 'performedBy',
    when: `t."performed_by" IS NOT NULL`,
    message: 'Logs of procedures name who did something: the names become visible.',
  },
];

/** Where people write freely, and so may write what is nobody's business. */
const freeTexts: Partial<Record<NodeName, readonly string[]>> = {
  Project: ['name', 'description'],
  Collection: ['name', 'description'],
  Cohort: ['name', 'description'],
  Subject: ['name', 'description', 'identifier'],
  Session: ['name', 'description'],
  Behavior: ['notes'],
  DataAcquisition: ['notes', 'file_name'],
  Manipulation: ['notes'],
  Procedure: ['notes'],
  SubjectLog: ['description'],
  SubjectLogEntry: ['notes'],
  ProcedureLog: ['description'],
  ProcedureLogEntry: ['notes'],
};

const detailed: Partial<Record<NodeName, ModuleKind>> = {
  DataAcquisition: 'DATA_ACQUISITION',
  Manipulation: 'MANIPULATION',
  Procedure: 'PROCEDURE',
};

const places: Partial<Record<NodeName, string>> = {
  Project: '',
  Subject: 'subjects',
  Session: 'sessions',
  Collection: 'collections',
  Cohort: 'cohorts',
};

/**
 * What an owner should look at before a project is published: gaps, dates that cannot be, details that do not follow
 * their schema, and what looks like personal information. Only what is inside the project is looked at, all of which its
 * owner sees.
 */
export class Readiness {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly access: Access,
    private readonly moduleTypes: ModuleTypes,
    private readonly projectId: string,
  ) {}

  async findings(): Promise<Finding[]> {
    const found: Finding[] = [];
    for (const check of checks) found.push(...(await this.run(check)));
    for (const type of Object.keys(detailed) as NodeName[]) found.push(...(await this.wrongDetails(type)));
    found.push(...(await this.personalInformation()));
    return found;
  }

  private async run({ type, when, field, ...finding }: Check): Promise<Finding[]> {
    const rows = await this.content(type, 'NULL', `(${when})`);
    return this.gather(type, field, finding, rows);
  }

  private async wrongDetails(type: NodeName): Promise<Finding[]> {
    const rows = await this.content(
      type,
      'NULL',
      'TRUE',
      't."details", t."type", t."schema_version" AS "schemaVersion"',
    );
    const wrong = rows.filter((row) => {
      const moduleType = this.moduleTypes.find(detailed[type]!, row.type!, row.schemaVersion!);
      return !moduleType || this.moduleTypes.faults(moduleType, row.details).length > 0;
    });
    const finding = {
      code: 'DETAILS_BREAK_SCHEMA',
      severity: 'WARNING' as const,
      message: 'Details do not follow the schema of their type.',
    };
    return this.gather(type, 'details', finding, wrong);
  }

  private async personalInformation(): Promise<Finding[]> {
    const users = await this.snapshot.query(`SELECT "name" FROM "user" WHERE length("name") > 4`, []);
    const patterns = findPersonal(users.map(({ name }) => name as string));
    const found: Finding[] = [];
    for (const [type, columns] of Object.entries(freeTexts) as [NodeName, readonly string[]][]) {
      const text = `concat_ws(' | ', ${columns.map((column) => `t.${quote(column)}`).join(', ')})`;
      const rows = await this.content(type, text, 'TRUE');
      for (const { code, message, test } of patterns) {
        const hits = rows.filter((row) => row.text && test(row.text));
        found.push(...this.gather(type, columns.at(-1)!, { code, message, severity: 'IMPORTANT' }, hits));
      }
    }
    return found;
  }

  /** What of a type is inside the project: what would be seen if nothing but the project were public. */
  private async content(type: NodeName, text: string, when: string, further?: string): Promise<ContentRow[]> {
    const parameters = new Parameters();
    const { policy, roleConditions } = this.access;
    const within: Viewer = { kind: 'anonymous', asIf: { public: [this.projectId], private: [], only: true } };
    const condition = conditionFor({ policy, roleConditions, viewer: within, parameters }, type, 't');
    const name = places[type] === undefined ? 'NULL' : 't."name"';
    return runBound<ContentRow>(
      this.snapshot,
      parameters,
      `SELECT t."id", ${name} AS "name", ${text} AS "text"${further ? `, ${further}` : ''} FROM ${quote(snakeCase(type))} t WHERE ${condition} AND ${when} ORDER BY t."id"`,
    );
  }

  private gather(
    type: NodeName,
    field: string,
    finding: Pick<Finding, 'code' | 'severity' | 'message'>,
    rows: readonly ContentRow[],
  ): Finding[] {
    const [first] = rows;
    if (!first) return [];
    const place = places[type];
    const way = place === undefined ? [type, first.id] : place === '' ? [] : [place, first.name ?? first.id];
    return [{ ...finding, path: [...way, field], count: rows.length, object: { type, id: first.id } }];
  }
}
