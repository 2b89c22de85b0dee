import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Access } from './access/access';
import type { Viewer } from './access/viewer';
import { unauthenticated } from './errors';
import { Loaders } from './loading/loaders';
import { Snapshot, type StatementObserver } from './loading/snapshot';
import type { Tables } from './loading/tables';
import type { NodeName } from './model/ids';
import type { Node } from './model/node';

/** What every request shares: nothing in it depends on who asks. */
export interface Foundation {
  readonly dataSource: DataSource;
  readonly pool: Pool;
  readonly access: Access;
  readonly tables: Tables;
  readonly onStatement: StatementObserver | undefined;
}

/** What every resolver and rule of one request is handed; it serves one viewer and ends with the request. */
export class Context {
  readonly dataSource: DataSource;
  readonly access: Access;
  readonly tables: Tables;
  private state: { snapshot: Snapshot; loaders: Loaders };

  constructor(
    private readonly foundation: Foundation,
    readonly viewer: Viewer,
    /** Somebody looks through other eyes than their own: then nothing may be changed. */
    readonly onlyLooks = false,
  ) {
    ({ dataSource: this.dataSource, access: this.access, tables: this.tables } = foundation);
    this.state = this.open();
  }

  get snapshot(): Snapshot {
    return this.state.snapshot;
  }

  get loaders(): Loaders {
    return this.state.loaders;
  }

  /** After a change: reads anew, so that the answer shows what is stored now, and finds the object that was changed. */
  async reread(type: NodeName, id: string): Promise<Node> {
    await this.snapshot.close();
    this.state = this.open();
    const found = await this.loaders.judged(type).load(id);
    if (!found?.visible) throw new Error(`The ${type} that was just written cannot be read.`);
    return found.node;
  }

  private open(): { snapshot: Snapshot; loaders: Loaders } {
    const snapshot = new Snapshot(this.foundation.pool, this.foundation.onStatement);
    return { snapshot, loaders: new Loaders(snapshot, this.tables, this.access, this.viewer) };
  }
}

/** The viewer of a mutation, which has an account: its permission has made sure of that. */
export function signedInViewer({ viewer }: Context): Viewer & { kind: 'user' } {
  if (viewer.kind !== 'user') throw unauthenticated();
  return viewer;
}
