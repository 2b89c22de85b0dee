import type { Access } from '../access/access';
import type { Viewer } from '../access/viewer';
import type { Runner } from '../database/sql';
import type { Tables } from '../loading/tables';

/** What an export is read with: one state of the database, for one viewer. */
export interface Exporting {
  runner: Runner;
  access: Access;
  tables: Tables;
  viewer: Viewer;
  projectId: string;
}
