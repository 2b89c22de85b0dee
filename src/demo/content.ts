import type { NodeName } from '../model/ids';
import { ModuleTypes } from '../domain/module/module-types';
import type { ModuleKind } from '../domain/module/registry';
import type { Columns, Links, PublicationAct, Row } from './columns';
import { rowOf } from './define';

/** All rows of the demo, by the name of their type or join table. */
export class Content {
  readonly rows = new Map<NodeName | keyof Links, object[]>();
  /** Who published and revoked what. */
  readonly history: PublicationAct[] = [];
  private readonly ids = new Set<string>();
  private readonly moduleTypes = new ModuleTypes();
  private readonly versions = new Map<string, string>();

  /** Adds one row under a name that no other row of the type has. */
  add<Name extends NodeName>(type: Name, name: string, createdAt: string, columns: Columns<Name>): Row<Name> {
    return this.keep(type, rowOf(type, name, createdAt, columns));
  }

  /** Adds the rows that `define` made. */
  addAll<Name extends NodeName>(type: Name, rows: Record<string, Row<Name>>): void {
    for (const row of Object.values(rows)) this.keep(type, row);
  }

  /** The same for rows that have a module type: their details follow the newest version of its schema. */
  addModules<Name extends 'Equipment' | 'ConsumableStock'>(
    type: Name,
    kind: ModuleKind,
    rows: Record<string, Row<Name> & { type?: string }>,
  ): void {
    for (const row of Object.values(rows))
      this.keep(type, { ...row, schemaVersion: this.versionOf(kind, row.type ?? '') });
  }

  link<Table extends keyof Links>(table: Table, columns: Links[Table]): void {
    this.rowsOf(table).push(columns);
  }

  /** The newest version of a module type's schema. */
  versionOf(kind: ModuleKind, type: string): string {
    const key = `${kind} ${type}`;
    const version = this.versions.get(key) ?? this.moduleTypes.find(kind, type)?.version;
    if (!version) throw new Error(`The demo uses the type ${type} of ${kind}, which does not exist.`);
    this.versions.set(key, version);
    return version;
  }

  private keep<Name extends NodeName>(type: Name, row: Row<Name>): Row<Name> {
    if (this.ids.has(row.id))
      throw new Error(`The demo has two rows of ${type} under one name: ${JSON.stringify(row)}`);
    this.ids.add(row.id);
    this.rowsOf(type).push(row);
    return row;
  }

  private rowsOf(name: NodeName | keyof Links): object[] {
    const rows = this.rows.get(name) ?? [];
    this.rows.set(name, rows);
    return rows;
  }
}
