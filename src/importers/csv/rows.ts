import type { NodeName } from '../../model/ids';
import { writableFields, type WritableField } from '../../tree/writable';
import type { Column } from './columns';
import type { TableRow } from './tables';

/** A row with what its columns mean. */
export class Row {
  /** Of its entry; known once what it belongs to is. */
  key = '';

  constructor(
    readonly source: TableRow,
    readonly columns: readonly Column[],
  ) {}

  get type(): NodeName {
    return this.source.type;
  }

  get place(): TableRow['place'] {
    return this.source.place;
  }

  /** What it states in a column. */
  text({ name }: Column): string | undefined {
    return this.source.cells.get(name);
  }

  get ownKey(): string | undefined {
    return this.textOf(({ is }) => is === 'key');
  }

  /** What it is called: by its name or title, else by its own key. */
  get name(): string | undefined {
    const name = this.cell('name') ?? this.cell('title');
    return name ?? (this.isNamed ? this.ownKey : undefined);
  }

  get isNamed(): boolean {
    return writableFields(this.type).some(({ name }) => name === 'name' || name === 'title');
  }

  /** What it states of a field. */
  cell(field: string): string | undefined {
    return this.textOf((column) => column.is === 'field' && column.field.name === field);
  }

  /** The field that holds what it belongs to; undefined for what is in the project itself. */
  get parent(): WritableField | undefined {
    return writableFields(this.type).find(({ isParent }) => isParent);
  }

  private textOf(isMeant: (column: Column) => boolean): string | undefined {
    const column = this.columns.find(isMeant);
    return column && this.text(column);
  }
}
