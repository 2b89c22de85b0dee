import type { Client } from 'pg';
import type { Facts } from './decide';
import { decide } from './decide';
import type { Rules } from '../../src/access/rule-set';
import { compilerFor, table } from '../../src/access/compiler';
import { partsOf } from '../../src/access/parts';
import type { Policy } from '../../src/access/policy';
import type { Ask } from '../../src/access/rules';
import type { Viewer } from '../../src/access/viewer';
import { join, name, sql, Statement, value } from '../../src/database/sql';
import { nodeNames } from '../../src/model/ids';
import type { Role } from '../../src/domain/people/role';
import { containers } from '../world/people';
import { linkColumns, type LinkName, type Row, type TypeName, type World } from '../world/world';
import { Oracle } from './oracle';

export const asks: readonly Ask[] = ['visible', 'MEMBER', 'CONTRIBUTOR', 'MANAGER', 'OWNER'];

/** For each question (a type and what is asked of it) the ids of which the answer is yes. */
export type Verdicts = ReadonlyMap<string, ReadonlySet<string>>;

export const keyOf = (type: TypeName, ask: Ask): string => `${type} ${ask}`;

function collect(types: readonly TypeName[], holds: (type: TypeName, ask: Ask) => readonly string[]): Verdicts {
  return new Map(types.flatMap((type) => asks.map((ask) => [keyOf(type, ask), new Set(holds(type, ask))] as const)));
}

/** What the visibility page says. */
export function byOracle(oracle: Oracle, types: readonly TypeName[] = nodeNames): Verdicts {
  const holds = (type: TypeName, row: Row, ask: Ask): boolean =>
    ask === 'visible' ? oracle.sees(type, row) : oracle.hasRole(type, row, ask);
  return collect(types, (type, ask) => idsOf(oracle.world.rows[type].filter((row) => holds(type, row, ask))));
}

/** What the policy says as code. */
export function byCode(world: World, viewer: Viewer, policy: Policy, types: readonly TypeName[] = nodeNames): Verdicts {
  const facts = factsOf(world);
  return collect(types, (type, ask) =>
    idsOf(world.rows[type].filter((row) => decide(policy, facts, viewer, type, row, ask))),
  );
}

/** What the policy says as SQL, of everything that is stored. */
export async function bySql(
  client: Pick<Client, 'query'>,
  viewer: Viewer,
  rules: Rules,
  types: readonly TypeName[] = nodeNames,
): Promise<Verdicts> {
  const compiler = compilerFor(rules, viewer);
  const selects = types.map((type) => {
    const t = Symbol(type);
    const answers = asks.map((ask) => sql`(${compiler.rows(type, t, ask)}) AS ${name(ask)}`);
    return sql`SELECT ${value(type, 'text')} AS "type", ${join([name(t, 'id'), ...answers], ', ')} FROM ${table(type, t)}`;
  });
  const statement = new Statement<void>(join(selects, ' UNION ALL '));
  const { text } = statement;
  const { rows } = await client.query<Answers>({ name: statementName(text), text, values: statement.valuesFor() });
  const found = new Map(types.flatMap((type) => asks.map((ask) => [keyOf(type, ask), new Set<string>()] as const)));
  for (const row of rows) {
    for (const ask of asks) if (row[ask] === true) found.get(keyOf(row.type, ask))!.add(row.id);
  }
  return found;
}

/** What of everything that is stored is in one of the two parts from which lists are read; or in both, which is told. */
export async function byParts(client: Pick<Client, 'query'>, viewer: Viewer, rules: Rules): Promise<Verdicts> {
  const compiler = compilerFor(rules, viewer);
  const selects = nodeNames.flatMap((type) =>
    asks.flatMap((ask) => {
      const { open, own } = partsOf(compiler, type, ask);
      const t = Symbol(type);
      const isOwn = own && sql`${name(t, 'id')} = ANY(${own.ids}) AND ${own.isNotOpen(t)}`;
      return [open(t), ...(isOwn ? [isOwn] : [])].map(
        (condition) =>
          sql`SELECT ${value(keyOf(type, ask), 'text')} AS "key", ${name(t, 'id')} FROM ${table(type, t)} WHERE ${condition}`,
      );
    }),
  );
  const statement = new Statement<void>(join(selects, ' UNION ALL '));
  const { text } = statement;
  const values = statement.valuesFor();
  const { rows } = await client.query<{ key: string; id: string }>({ name: statementName(text), text, values });
  const found = new Map(nodeNames.flatMap((type) => asks.map((ask) => [keyOf(type, ask), new Set<string>()] as const)));
  for (const { key, id } of rows) found.get(key)!.add(found.get(key)!.has(id) ? `${id} in both parts` : id);
  return found;
}

type Answers = { type: TypeName; id: string } & Record<Ask, boolean | null>;

const names = new Map<string, string>();

/** Preparing a statement takes longer than running it, so that each is prepared once. */
function statementName(text: string): string {
  const known = names.get(text) ?? `verdicts_${names.size}`;
  names.set(text, known);
  return known;
}

/** Where two sets of verdicts differ, one line each: which object, which question, who says yes. */
export function differences(expected: Verdicts, found: Verdicts, who: string): string[] {
  return [...expected].flatMap(([question, ids]) => {
    const others = found.get(question)!;
    return [
      ...[...ids]
        .filter((id) => !others.has(id))
        .map((id) => `${question} of ${id}: ${who} says no, the page says yes`),
      ...[...others]
        .filter((id) => !ids.has(id))
        .map((id) => `${question} of ${id}: ${who} says yes, the page says no`),
    ];
  });
}

/** Every way in which the two forms of the policy differ from the visibility page, for one viewer of one stored world. */
export async function disagreements(
  client: Pick<Client, 'query'>,
  world: World,
  viewer: Viewer,
  rules: Rules,
): Promise<string[]> {
  const expected = byOracle(new Oracle(world, viewer));
  return [
    ...differences(expected, await bySql(client, viewer, rules), 'the SQL'),
    ...differences(expected, byCode(world, viewer, rules.policy), 'the code'),
  ];
}

const factsMade = new WeakMap<World, Facts>();

/** The facts that the policy as code asks for, drawn from a world. */
function factsOf(world: World): Facts {
  const made = factsMade.get(world) ?? makeFacts(world);
  factsMade.set(world, made);
  return made;
}

function makeFacts({ rows, links }: World): Facts {
  const byId = new Map(Object.values(rows).flatMap((some) => some.map((row) => [row.id, row] as const)));
  const accepted = (row: Row): boolean => row['acceptedAt'] !== null;
  const groupsOf = (userId: string): unknown[] =>
    rows.GroupMembership.filter((row) => row['userId'] === userId && accepted(row)).map((row) => row['groupId']);
  return {
    one: (_type, id) => byId.get(id as string),
    linked: (table, from, id) => {
      const columns = linkColumns[table as LinkName];
      const near = columns.find((column) => column === `${fieldName(from)}Id`)!;
      const far = columns.find((column) => column !== near)!;
      return links[table as LinkName].filter((link) => link[near] === id).map((link) => byId.get(link[far] as string)!);
    },
    referring: (type, column, id) => rows[type].filter((row) => row[column] === id),
    rolesOn: (userId, type, id) => {
      const column = containers[type as keyof typeof containers];
      const groups = groupsOf(userId);
      return rows.Membership.filter(
        (row) => row[column] === id && accepted(row) && (row['userId'] === userId || groups.includes(row['groupId'])),
      ).map((row) => row['role'] as Role);
    },
    groupRolesOn: (userId, groupId) =>
      rows.GroupMembership.filter((row) => row['userId'] === userId && row['groupId'] === groupId && accepted(row)).map(
        (row) => row['role'] as string,
      ),
  };
}

function fieldName(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ id }) => id);
}
