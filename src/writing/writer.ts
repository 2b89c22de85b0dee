import type { DataSource } from 'typeorm';
import type { Access } from '../access/access';
import type { Viewer } from '../access/viewer';

/** Who writes, under which rules. */
export interface Writer {
  access: Access;
  viewer: Viewer & { kind: 'user' };
}

/** The same, with the database to write to. */
export interface Desk extends Writer {
  dataSource: DataSource;
}
