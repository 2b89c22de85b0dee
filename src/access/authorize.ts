import type { EntityManager } from 'typeorm';
import { lock, type Hold, type Wanted } from '../database/locks';
import { join, later, name, runComposed, sql, type Runner, type Sql } from '../database/sql';
import { forbidden, notFound } from '../errors';
import type { NodeName } from '../model/ids';
import { readId } from '../model/read-id';
import type { Role } from '../domain/people/role';
import type { Access } from './access';
import type { Acting } from './act';
import { table, type Compiler } from './compiler';
import type { ForViewer } from './composed';
import type { Ask } from './rules';
import { anonymous, type Viewer } from './viewer';

/** Something that takes a role on an object, and how much of the object is locked for it. */
export interface Demand {
  type: NodeName;
  id: string;
  atLeast: Role;
  hold: Hold;
  /** Somebody without the role may do it as well: it is enough that they see the object. */
  orAnyway?: boolean;
}

/**
 * Asks, inside the transaction of a mutation, whether the viewer has the role that it takes, and locks the object so that
 * nobody changes it meanwhile. Throws NOT_FOUND for an object that the viewer may not see, exactly as for one that does
 * not exist; FORBIDDEN for one that they see without having the role.
 *
 * @returns the object's id in its one spelling
 */
export async function authorize(
  acting: Acting,
  type: NodeName,
  text: string,
  atLeast: Role,
  hold: Hold = 'changed',
): Promise<string> {
  const id = readId(text, type);
  if (id === undefined) throw notFound(type);
  await authorizeAll(acting, [{ type, id, atLeast, hold }]);
  return id;
}

/**
 * The same for several objects, which are locked together with whatever else the mutation touches. Nobody waits for what
 * they may not touch: the viewer is judged before anything is locked, and once more afterwards, since what was committed
 * while they waited counts. Throws NOT_FOUND or FORBIDDEN about the first that they may not use so.
 *
 * @param further what else is to be locked; may refuse whoever could not do it anyway, before they wait
 * @returns for each whether the viewer has the role
 */
export async function authorizeAll(
  acting: Acting,
  demands: readonly Demand[],
  further?: (allowed: boolean[]) => Promise<readonly Wanted[]>,
): Promise<boolean[]> {
  const allowed = await requireAll(acting, demands);
  await lock(acting.manager, [...demands, ...((await further?.(allowed)) ?? [])]);
  return requireAll(acting, demands);
}

/** The same without locking anything: as it is committed now, and may not be the next moment. */
export async function requireAll(acting: Acting, demands: readonly Omit<Demand, 'hold'>[]): Promise<boolean[]> {
  const verdicts = await judge(acting, demands);
  const hidden = demands.find(({ id }) => !verdicts.get(id)?.visible);
  if (hidden) throw notFound(hidden.type);
  const beyond = demands.find(({ id, orAnyway }) => !orAnyway && !verdicts.get(id)!.allowed);
  if (beyond)
    throw forbidden(`You would have to be ${beyond.atLeast.toLowerCase()} of this ${beyond.type} to do that.`);
  return demands.map(({ id }) => verdicts.get(id)!.allowed);
}

/** What is judged, beside by whom: the ids of each kind of demand. */
interface Judged extends ForViewer {
  ids: readonly (readonly string[])[];
}

const judgedIds = (kind: number): Sql => later<Judged>(({ ids }) => ids[kind], 'uuid[]');

interface Verdict {
  id: string;
  visible: boolean;
  allowed: boolean;
}

/** One statement, which is the same whether the objects exist or not. */
async function judge(
  { manager, access, viewer }: Acting,
  demands: readonly Omit<Demand, 'hold'>[],
): Promise<Map<string, Verdict>> {
  const kinds = new Map<string, { type: NodeName; atLeast: Role; ids: string[] }>();
  for (const { type, atLeast, id } of demands) {
    const kind = kinds.get(`${type} ${atLeast}`) ?? { type, atLeast, ids: [] };
    kinds.set(`${type} ${atLeast}`, kind);
    kind.ids.push(id);
  }
  if (kinds.size === 0) return new Map();
  const asked = [...kinds.values()];
  const statement = access.statement<Judged>(viewer, `judge ${[...kinds.keys()].join()}`, (compiler) =>
    join(
      asked.map(({ type, atLeast }, index) => verdicts(compiler, type, atLeast, judgedIds(index))),
      ' UNION ALL ',
    ),
  );
  const rows = await runComposed<Verdict, Judged>(manager, statement, { viewer, ids: asked.map(({ ids }) => ids) });
  return new Map(rows.map((row) => [row.id, row]));
}

function verdicts(compiler: Compiler, type: NodeName, atLeast: Role, ids: Sql): Sql {
  const t = Symbol(type);
  return sql`SELECT ${name(t, 'id')}, ${compiler.rows(type, t)} AS "visible", ${compiler.rows(type, t, atLeast)} AS "allowed"
    FROM ${table(type, t)} WHERE ${name(t, 'id')} = ANY(${ids})`;
}

/** Those of some ids of a type for which the viewer may say yes to `ask`; unknown ones are not among them. */
export async function idsWith(
  runner: Runner,
  access: Access,
  viewer: Viewer,
  type: NodeName,
  ids: readonly string[],
  ask: Ask = 'visible',
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const statement = access.statement<Judged>(viewer, `ids with ${ask} ${type}`, (compiler) =>
    idsStatement(compiler, type, judgedIds(0), ask),
  );
  const rows = await runComposed<{ id: string }, Judged>(runner, statement, { viewer, ids: [ids] });
  return new Set(rows.map(({ id }) => id));
}

/** Whether everybody sees an object, as it stands in this transaction. */
export async function isPublicNow({ manager, access }: Acting, type: NodeName, id: string): Promise<boolean> {
  return (await idsWith(manager, access, anonymous, type, [id])).has(id);
}

/** The ids of those of some objects that the viewer sees, all of them asked of in one statement. */
export async function visibleAmong(
  runner: Runner,
  access: Access,
  viewer: Viewer,
  objects: readonly { id: string; type: NodeName }[],
): Promise<Set<string>> {
  const types = [...new Set(objects.map(({ type }) => type))];
  const statement = access.statement<Judged>(viewer, `visible among ${types.join()}`, (compiler) =>
    join(
      types.map((type, index) => idsStatement(compiler, type, judgedIds(index), 'visible')),
      ' UNION ALL ',
    ),
  );
  const ids = types.map((type) => objects.flatMap((object) => (object.type === type ? object.id : [])));
  const rows = await runComposed<{ id: string }, Judged>(runner, statement, { viewer, ids });
  return new Set(rows.map(({ id }) => id));
}

function idsStatement(compiler: Compiler, type: NodeName, ids: Sql, ask: Ask): Sql {
  const t = Symbol(type);
  return sql`SELECT ${name(t, 'id')} FROM ${table(type, t)} WHERE ${name(t, 'id')} = ANY(${ids}) AND ${compiler.rows(type, t, ask)}`;
}

/** Whether the viewer has some role on each of these; an unknown one counts as one without. */
export async function hasRoleOnAll(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  objects: readonly { id: string; type: NodeName }[],
): Promise<boolean> {
  for (const type of new Set(objects.map((object) => object.type))) {
    const ids = [...new Set(objects.filter((object) => object.type === type).map(({ id }) => id))];
    if ((await idsWith(manager, access, viewer, type, ids, 'MEMBER')).size < ids.length) return false;
  }
  return true;
}
