import type { EntityManager } from 'typeorm';
import { conflict } from '../errors';
import { name, run, sql, value, type Sql } from './sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { stateOf } from './state';

/**
 * The one order in which everything is locked: by this list, and within a type by id. Whoever keeps to it never waits for
 * somebody who waits for them. What contains comes before what it contains.
 *
 * Triggers lock one thing more, after the object itself: its document of search. Whoever writes what is in a project, subject, session,
 * setup or inventory keeps its document, and whoever publishes or revokes that has it alone. So these two wait for each other,
 * and nobody who only changes the object waits for either.
 */
const lockOrder = [
  'User',
  'Group',
  'Laboratory',
  'Project',
  'BehavioralParadigm',
  'Setup',
  'DataStorage',
  'Inventory',
  'Equipment',
  'DataStorageProtocol',
  'ConsumableStock',
  'Subject',
  'Session',
  'Contributor',
  'Collection',
  'Cohort',
  'Breeding',
  'BreedingLogEntry',
  'Procedure',
  'ProcedureLog',
  'ProcedureLogEntry',
  'SubjectLog',
  'SubjectLogEntry',
  'Epoch',
  'Behavior',
  'DataAcquisition',
  'Manipulation',
  'Species',
  'Strain',
  'BrainRegion',
  'SetupType',
  'BehavioralCategory',
  'Supplier',
  'HardwareDevice',
  'Consumable',
  'Journal',
  'Publication',
  'Membership',
  'GroupMembership',
  // Looked at once more at the end of every change, when everything else is locked.
  'AccessToken',
] as const satisfies readonly NodeName[];

/** A type that is missing in the order stops the compiler here. */
const rankOf = (type: NodeName): number => lockOrder.indexOf(type satisfies (typeof lockOrder)[number]);

/**
 * How much of an object is taken. Writers who put things into the same project use it together; whoever changes or deletes
 * it has it alone. References to it are written beside all but the last.
 */
const clauses = {
  /** It is not deleted meanwhile. */
  kept: sql`FOR KEY SHARE`,
  /** Something is put into it: it is neither changed meanwhile, nor published, nor do its roles change. */
  used: sql`FOR SHARE`,
  /** It is changed, or its flag, or roles on it. */
  changed: sql`FOR NO KEY UPDATE`,
  deleted: sql`FOR UPDATE`,
} as const;

export type Hold = keyof typeof clauses;

const holds = Object.keys(clauses) as Hold[];

/** An object to be locked. */
export interface Wanted {
  type: NodeName;
  id: string;
  hold: Hold;
}

/** What one transaction has locked so far. */
interface Held {
  objects: Map<string, Hold>;
  /** The last of them in the order. */
  last: Place;
}

interface Place {
  rank: number;
  id: string;
}

const heldBy = new WeakMap<object, Held>();

/**
 * Locks everything that a change touches, in the one order, until the transaction ends. What it waited for is seen by the
 * statements after it. Call it once, with all of it; where what is to be locked is known only from what was locked before,
 * again with what comes later in the order. Returns the ids of those that are there.
 */
export async function lock(manager: EntityManager, wanted: readonly Wanted[]): Promise<ReadonlySet<string>> {
  const held = heldIn(manager);
  for (const run of runsOf(strongest(wanted, held))) {
    const { type, hold } = run[0]!;
    const ids = run.map(({ id }) => id);
    stepTo(held, { rank: rankOf(type), id: ids[0]! });
    for (const id of await lockRows(manager, type, hold, sql`"id" = ANY(${value(ids, 'uuid[]')})`))
      held.objects.set(id, hold);
    held.last = { rank: rankOf(type), id: ids.at(-1)! };
  }
  return new Set(wanted.flatMap(({ id }) => (held.objects.has(id) ? id : [])));
}

/** The same for all of a type for which a condition holds, the first of that type to be locked; returns their ids. */
export async function lockAll(manager: EntityManager, type: NodeName, hold: Hold, condition: Sql): Promise<string[]> {
  const held = heldIn(manager);
  stepTo(held, { rank: rankOf(type), id: '' });
  const ids = await lockRows(manager, type, hold, condition);
  for (const id of ids) held.objects.set(id, hold);
  held.last = { rank: rankOf(type), id: ids.at(-1) ?? '' };
  return ids;
}

/**
 * Keeps rows of a join table from being taken out until the transaction ends, and returns how many there are. Nobody waits
 * for such rows who has not locked what they join before.
 */
export async function keepLinks(manager: EntityManager, table: string, condition: Sql): Promise<number> {
  const rows = await run(manager, sql`SELECT 1 FROM ${name(table)} WHERE ${condition} ${clauses.kept}`);
  return rows.length;
}

/**
 * The versions of some objects of a type, which stay as they are until the transaction ends. For what has to be written before
 * its place in the order: of two who then wait for each other the database stops one. Of what is gone there is none.
 */
export async function heldVersions(
  manager: EntityManager,
  type: NodeName,
  hold: Hold,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await run<{ id: string; version: number }>(
    manager,
    sql`SELECT "id", "version" FROM ${name(snakeCase(type))} WHERE "id" = ANY(${value(ids, 'uuid[]')}) ORDER BY "id" ${clauses[hold]}`,
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/**
 * Only one transaction at a time does what goes by this name, and of that this one case; the others wait. Comes before all
 * other locks. Two numbers name it: nobody who chooses the case can hit upon another name by it.
 */
export async function oneAtATime(manager: EntityManager, what: string, which = ''): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))`, [`stemgraph ${what}`, which]);
}

/** The same for what may take long: those who would have to wait for more than some seconds are told so by CONFLICT. */
export async function oneAtATimeOr(
  manager: EntityManager,
  what: string,
  which: string,
  { seconds, otherwise }: { seconds: number; otherwise: string },
): Promise<void> {
  await waitAtMost(manager, seconds * 1000);
  try {
    await oneAtATime(manager, what, which);
  } catch (error) {
    throw isKeptWaiting(error) ? conflict(otherwise) : error;
  }
  await manager.query(`SET LOCAL lock_timeout = 0`);
}

/** From here on nothing waits for any lock for longer than that: `isKeptWaiting` knows the error. */
export async function waitAtMost(manager: EntityManager, milliseconds: number): Promise<void> {
  await manager.query(`SET LOCAL lock_timeout = ${milliseconds}`);
}

export const isKeptWaiting = (error: unknown): boolean => stateOf(error) === '55P03';

/** In milliseconds. */
const instant = 10;

/**
 * To be called by what gives way (see transaction.ts) once it holds what others take first: they who have long worked on what comes
 * after that come for it at their end, and are not to find somebody there who waits for them.
 */
export const waitNoLonger = (manager: EntityManager): Promise<void> => waitAtMost(manager, instant);

function heldIn({ queryRunner }: EntityManager): Held {
  if (!queryRunner?.isTransactionActive) throw new Error('Locks are held by a transaction, and there is none.');
  const held = heldBy.get(queryRunner) ?? { objects: new Map<string, Hold>(), last: { rank: -1, id: '' } };
  heldBy.set(queryRunner, held);
  return held;
}

/** Each object once, with the most that is wanted of it, in the order; without what is held already. */
function strongest(wanted: readonly Wanted[], { objects }: Held): Wanted[] {
  const most = new Map<string, Wanted>();
  for (const one of wanted) {
    const known = most.get(one.id)?.hold ?? objects.get(one.id);
    if (known === undefined || holds.indexOf(known) < holds.indexOf(one.hold)) most.set(one.id, one);
  }
  return [...most.values()].sort((one, other) => (isBefore(placeOf(one), placeOf(other)) ? -1 : 1));
}

/** What one statement can lock: neighbours in the order, of one type and with one hold. */
function runsOf(wanted: readonly Wanted[]): Wanted[][] {
  const runs: Wanted[][] = [];
  for (const one of wanted) {
    const run = runs.at(-1);
    if (run?.[0]!.type === one.type && run[0].hold === one.hold) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

const placeOf = ({ type, id }: Wanted): Place => ({ rank: rankOf(type), id });

function isBefore(one: Place, other: Place): boolean {
  return one.rank < other.rank || (one.rank === other.rank && one.id < other.id);
}

/** Whoever leaves the order is told at once, and not by a deadlock one day. */
function stepTo({ last }: Held, next: Place): void {
  if (!isBefore(last, next))
    throw new Error(`A ${lockOrder[next.rank]} is locked after a ${lockOrder[last.rank]}: lock them together.`);
}

async function lockRows(manager: EntityManager, type: NodeName, hold: Hold, condition: Sql): Promise<string[]> {
  const rows = await run<{ id: string }>(
    manager,
    sql`SELECT "id" FROM ${name(snakeCase(type))} WHERE ${condition} ORDER BY "id" ${clauses[hold]}`,
  );
  return rows.map(({ id }) => id);
}
