import { Client } from 'pg';
import type { Stage } from './stage';

/*
 * What has to be answered, by SQL that shares nothing with the server's: who sees what stands in it once more, in the plainest
 * words.
 */

/** The member's id stands for `$1`; anybody else is nobody. */
const nobody = '00000000-0000-0000-0000-000000000000';

const member = (column: string): string =>
  `EXISTS (SELECT 1 FROM membership m WHERE m.${column} = x.id AND m.user_id = $1 AND m.accepted_at IS NOT NULL)`;

/** Whose rows are seen, by table; the row is `x`. */
export const seen = {
  project: `(x.is_public OR ${member('project_id')})`,
  setup: `(x.is_public OR ${member('setup_id')})`,
  session: `EXISTS (SELECT 1 FROM project_session l WHERE l.session_id = x.id AND l.project_id IN (SELECT x.id FROM project x WHERE x.is_public OR ${member('project_id')}))`,
  subject: `EXISTS (SELECT 1 FROM project_subject l WHERE l.subject_id = x.id AND l.project_id IN (SELECT x.id FROM project x WHERE x.is_public OR ${member('project_id')}))`,
} as const;

/** How lists of everything begin where nothing else is asked for. */
const newestFirst = {
  project: 'x.created_at DESC, x.id DESC',
  session: 'x.started_at DESC NULLS LAST, x.id DESC',
  setup: 'x.id',
  subject: 'x.id',
} as const satisfies Record<keyof typeof seen, string>;

/** All of a table that are seen and of which a condition holds, in an order; the newest first, if nothing is said. */
export interface Listed {
  table: keyof typeof seen;
  /** Of the row `x`. */
  where?: string;
  orderBy?: string;
}

export class Truth {
  private constructor(
    private readonly client: Client,
    readonly memberId: string,
  ) {}

  static async open({ databaseUrl }: Stage): Promise<Truth> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ user_id: string }>(
      `SELECT user_id FROM access_token WHERE name = 'Benchmark'`,
    );
    return new Truth(client, rows[0]!.user_id);
  }

  /** The rows of a list from one place on, with what orders them. */
  async rows(listed: Listed, asMember: boolean, from: number, count: number): Promise<Record<string, unknown>[]> {
    const { table, where = 'true', orderBy = newestFirst[table] } = listed;
    const text = `SELECT x.* FROM "${table}" x WHERE ${seen[table]} AND (${where}) ORDER BY ${orderBy} OFFSET ${from} LIMIT ${count}`;
    return (await this.client.query<Record<string, unknown>>(text, [this.viewer(asMember)])).rows;
  }

  async count({ table, where = 'true' }: Listed, asMember: boolean): Promise<number> {
    const text = `SELECT count(*)::int AS n FROM "${table}" x WHERE ${seen[table]} AND (${where})`;
    return (await this.client.query<{ n: number }>(text, [this.viewer(asMember)])).rows[0]!.n;
  }

  /** Any other question: the viewer's id is `$1`. */
  async query<Row extends object>(text: string, asMember: boolean): Promise<Row[]> {
    return (await this.client.query<Row>(text, [this.viewer(asMember)])).rows;
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private viewer(asMember: boolean): string {
    return asMember ? this.memberId : nobody;
  }
}
