import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Access } from './access/access';
import { type Explanation, Explanations } from './access/explain';
import type { Actor } from './access/act';
import type { Viewer } from './access/viewer';
import { Budget, never } from './budget/budget';
import type { RequestLimits } from './budget/limits';
import type { Turns } from './budget/turns';
import { conflict, unauthenticated } from './errors';
import { Loaders } from './loading/loaders';
import { Snapshot, type StatementObserver } from './loading/snapshot';
import type { Tables } from './loading/tables';
import type { NodeName } from './model/ids';
import type { Node } from './model/node';
import type { PlannerState } from './planning/planner-state';
import { asking } from './shares/asking';

/** What every request shares: nothing in it depends on who asks. */
export interface Foundation {
  readonly dataSource: DataSource;
  readonly pool: Pool;
  readonly access: Access;
  readonly tables: Tables;
  /** What one request may cost. */
  readonly limits: RequestLimits;
  /** The turns that all requests take on the event loop. */
  readonly turns: Turns;
  /** Where the public reaches this server. */
  readonly publicUrl?: string;
  /** Counts what is read ahead of its resolvers; without it nothing is. */
  readonly planner?: PlannerState;
  /** Told of every statement of every request. */
  readonly onStatement?: StatementObserver;
}

/**
 * What a mutation has changed: where in the answer it would stand, and the plain values of its payload; none, where it came to
 * too much to read what it changed.
 */
export interface ChangeMade {
  path: string;
  told: Record<string, unknown>;
}

/** What every resolver and rule of one request is handed; it serves one viewer and ends with the request. */
export class Context {
  /** Who the answer is made for. */
  readonly viewer: Viewer;
  /** Where the public reaches this server; undefined where nobody has said so. */
  readonly publicUrl: string | undefined;
  /** Who really asks: another than the viewer when they look through other eyes. */
  readonly asker: Viewer;
  /** The asker looks through other eyes: then nothing may be changed. */
  readonly onlyLooks: boolean;
  readonly dataSource: DataSource;
  readonly access: Access;
  readonly tables: Tables;
  /** Collects what is denied, where the request asked why and its asker has an account. */
  readonly explanations: Explanations | undefined;
  /** What the request has cost so far, and may still cost. */
  readonly budget: Budget;
  readonly turns: Turns;
  /** Counts what is read ahead; undefined where nothing is. */
  readonly planner: PlannerState | undefined;
  /** Whether the answer is to tell what it cost. */
  readonly wantsCost: boolean;
  /** What its mutations have changed so far. */
  readonly changesMade = new Set<ChangeMade>();
  /** The mutation that runs: they run one after the other. */
  changing: ChangeMade | undefined;
  /** Told the answer as it goes out, where it is that of a query in which nothing failed. */
  onWholeAnswer?: (text: string) => void;
  private state: { snapshot: Snapshot; loaders: Loaders; askersLoaders?: Loaders };

  constructor(
    private readonly foundation: Foundation,
    look: { viewer: Viewer; asker: Viewer; onlyLooks: boolean; wantsReasons?: boolean; wantsCost?: boolean },
  ) {
    this.viewer = look.viewer;
    this.asker = look.asker;
    this.onlyLooks = look.onlyLooks;
    this.publicUrl = foundation.publicUrl;
    this.planner = foundation.planner;
    this.wantsCost = look.wantsCost ?? false;
    this.explanations = look.wantsReasons && look.asker.kind === 'user' ? new Explanations() : undefined;
    ({ dataSource: this.dataSource, access: this.access, tables: this.tables, turns: this.turns } = foundation);
    this.budget = new Budget(foundation.limits, this.turns);
    this.state = this.open();
    void this.budget.over.then(() => this.snapshot.abandon());
  }

  get snapshot(): Snapshot {
    return this.state.snapshot;
  }

  get loaders(): Loaders {
    return this.state.loaders;
  }

  /** What the asker could read themselves, through whosever eyes they look. */
  get askersLoaders(): Loaders {
    if (this.asker === this.viewer) return this.loaders;
    return (this.state.askersLoaders ??= this.loadersFor(this.asker));
  }

  /** Why things read as null or shortened, as far as the asker may know. */
  async explain(): Promise<Explanation[] | undefined> {
    return this.explanations?.tell(this.askersLoaders);
  }

  /**
   * Before a change: gives back the connection that an earlier change of the same request was answered from. Requests that
   * keep one while they wait for another would, once there are enough of them, wait for each other for ever.
   */
  async endReading(): Promise<void> {
    this.budget.checkTime();
    if (this.budget.isOver) return never();
    this.budget.leaveTime();
    await this.openAnew();
    expectAnswer(false);
  }

  /** After a change: what is read from now on, for its answer, is what is stored now. */
  async readAnew(): Promise<void> {
    // It is done, whatever becomes of its answer.
    if (this.changing) this.changesMade.add(this.changing);
    await this.openAnew();
    expectAnswer(true);
  }

  /** What was read so far is of several states of the database: all of it is read anew. */
  startOver(): Promise<void> {
    this.budget.startOver();
    return this.openAnew();
  }

  /** After a change: finds the object that was changed, as it is stored now. */
  async reread(type: NodeName, id: string): Promise<Node> {
    await this.readAnew();
    const found = await this.loaders.visible(type).load(id);
    // Done, but somebody has taken the viewer's role in between.
    if (!found) throw conflict(`It is done, but you can no longer see this ${type}.`);
    return found;
  }

  private async openAnew(): Promise<void> {
    await this.snapshot.close();
    if (this.budget.isOver) return never();
    this.state = this.open();
  }

  private open(): { snapshot: Snapshot; loaders: Loaders } {
    const { pool, onStatement } = this.foundation;
    const snapshot = new Snapshot(pool, { budget: this.budget, ...(onStatement && { observe: onStatement }) });
    return { snapshot, loaders: this.loadersFor(this.viewer, snapshot) };
  }

  private loadersFor(viewer: Viewer, snapshot = this.snapshot): Loaders {
    return new Loaders(snapshot, this.foundation, viewer, this.budget);
  }
}

/** What is done has to be told: the connection that it takes is waited for, however many others want one. */
function expectAnswer(hasChanged: boolean): void {
  const request = asking.getStore();
  if (request) request.hasChanged = hasChanged && !request.readsOn;
}

/** Who makes a change: the viewer, who has an account. Throws UNAUTHENTICATED. */
export function actorOf({ dataSource, access, viewer }: Pick<Context, 'dataSource' | 'access' | 'viewer'>): Actor {
  if (viewer.kind !== 'user') throw unauthenticated();
  return { dataSource, access, viewer };
}
