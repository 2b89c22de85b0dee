import type { Access } from './access/access';
import type { Viewer } from './access/viewer';
import type { Loaders } from './loading/loaders';
import type { Snapshot } from './loading/snapshot';
import type { Tables } from './loading/tables';

/** What every resolver and rule of one request is handed. Nothing in it outlives the request but `access` and `tables`. */
export interface Context {
  readonly viewer: Viewer;
  readonly access: Access;
  readonly tables: Tables;
  readonly snapshot: Snapshot;
  readonly loaders: Loaders;
}
