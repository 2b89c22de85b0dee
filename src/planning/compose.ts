import type { Compiler } from '../access/compiler';
import type { ForViewer } from '../access/composed';
import { all } from '../database/conditions';
import { join, later, name, sql, text, TRUE, type Alias, type Sql } from '../database/sql';
import { jsonFormOfKey } from '../loading/json-form';
import { countEverythingStatement, pageOfEverything } from '../loading/arms';
import { countOfOne, cursorKeys, sourceOf } from '../loading/many';
import { pageSql, type PageAsked } from '../loading/page-sql';
import type { Page } from '../loading/page';
import type { CursorSql } from '../loading/places';
import type { Tables } from '../loading/tables';
import { nameOf } from '../model/node';
import { NotPlanned } from './selections';
import { rowsRead, type CountPlan, type ListPlan, type ObjectPlan, type Plan, type Root } from './plan';

/** What the statement of a plan is run with. */
export interface PlanAsked extends ForViewer {
  /** The ids of its objects, by the place of their root. */
  ids: readonly (readonly string[])[];
  pages: readonly Page[];
  /** Up to so many bytes of an object are read along with all the others. */
  mostBytes: number;
}

/** Which root of the plan a row is of; in what order it stands there; and what it holds. */
export const [rootColumn, orderColumn, valueColumn] = ['~root', '~order', '~value'] as const;

/** The row that says of which state of the database all others are. */
export const stateRoot = -1;

/** In the place of an object that is too long to be read along with all the others. */
export const tooLong = 0;

const mostBytes = later<PlanAsked>((asked) => asked.mostBytes, 'integer');

/** PostgreSQL takes so many arguments. */
const mostParts = 100;

/**
 * The one statement of a plan: what each root begins at, and in it, as one JSON array per object, all that it leads to. Who sees what
 * stands in it as in every other statement, from the same compiler: a row that is denied is not there, a column null.
 */
export function planStatement(plan: Plan, tables: Tables, compiler: Compiler): Sql {
  const composer = new Composer(tables, compiler);
  return join(
    [
      ...plan.roots.map((root, place) => composer.root(root, place)),
      sql`SELECT ${text(String(stateRoot))}::integer, 0::bigint, to_json(pg_current_snapshot()::text)`,
    ],
    ' UNION ALL ',
  );
}

/** Whether it is one of the ids of a root; where there is only one, PostgreSQL shall know that. */
function isOneOf(id: Sql, howMany: number, place: number): Sql {
  if (howMany === 1) return sql`${id} = ${later<PlanAsked>(({ ids }) => ids[place]![0], 'uuid')}`;
  return sql`${id} = ANY(${later<PlanAsked>(({ ids }) => ids[place], 'uuid[]')})`;
}

class Composer {
  constructor(
    private readonly tables: Tables,
    private readonly compiler: Compiler,
  ) {}

  root(root: Root, place: number): Sql {
    const head = sql`SELECT ${text(String(place))}::integer AS ${name(rootColumn)}`;
    switch (root.kind) {
      case 'objects': {
        const t = Symbol(root.type);
        const is = isOneOf(name(t, 'id'), root.ids.size, place);
        const seen = root.guarded ? this.compiler.rows(root.type, t) : TRUE;
        return sql`${head}, 0::bigint AS ${name(orderColumn)}, ${this.object(root.object, t)} AS ${name(valueColumn)}
          FROM ${this.tables[root.type].from(t)} WHERE ${all([is, seen])}`;
      }
      case 'everything': {
        const t = Symbol(nameOf(root.list.many.target));
        return sql`${head}, row_number() OVER () AS ${name(orderColumn)}, ${this.entry(root.list, t)} AS ${name(valueColumn)}
          FROM (${this.page(root.list)}) ${name(t)}`;
      }
      case 'count':
        return sql`${head}, 0::bigint AS ${name(orderColumn)}, to_json(${this.count(root.count)}) AS ${name(valueColumn)}`;
    }
  }

  /** An object as a JSON array: its id, then what is read of it, in the order of reading.ts. */
  private object(plan: ObjectPlan, t: Alias, more: readonly Sql[] = []): Sql {
    const { type, read, references, lists, counts } = plan;
    const table = this.tables[type];
    const columns = [...read.columns].map((property) => table.json(property).write(table.column(t, property)));
    const ruled = [...read.ruled].flatMap((field) => this.ruled(plan, field, t));
    const behind = [...references.values()].map(({ edge, guarded, object }) => {
      const far = Symbol(object.type);
      const seen = guarded ? this.compiler.rows(object.type, far) : TRUE;
      const is = sql`${name(far, 'id')} = ${table.column(t, edge.column)}`;
      return sql`(SELECT ${this.object(object, far)} FROM ${this.tables[object.type].from(far)} WHERE ${all([is, seen])})`;
    });
    const pages = [...lists.values()].map((list) => this.list(list, t));
    const numbers = [...counts.values()].map((count) => this.count(count, name(t, 'id')));
    const parts = [name(t, 'id'), ...columns, ...ruled, ...behind, ...pages, ...numbers, ...more];
    if (parts.length > mostParts) throw new NotPlanned();
    const made = sql`json_build_array(${join(parts, ', ')})`;
    const long = this.lengths(plan, t);
    if (long.length === 0) return made;
    const length = join(
      long.map((one) => sql`COALESCE(${one}, 0)`),
      ' + ',
    );
    return sql`CASE WHEN ${length} <= ${mostBytes} THEN ${made} ELSE ${text(String(tooLong))}::json END`;
  }

  /** How long is what is read of an object, part by part. */
  private lengths({ type, read }: ObjectPlan, t: Alias): Sql[] {
    const table = this.tables[type];
    const columns = [...read.columns].map((property) => table.json(property).length?.(table.column(t, property)));
    const ruled = [...read.ruled].map((field) => table.json(field).length?.(this.compiler.value(type, field, t)));
    return [...columns, ...ruled].filter((one) => one !== undefined);
  }

  /** What a field behind a rule holds for the viewer, and whether they are answered it. */
  private ruled({ type }: ObjectPlan, field: string, t: Alias): Sql[] {
    const { write } = this.tables[type].json(field);
    return [write(this.compiler.value(type, field, t)), this.compiler.answers(type, field, t)];
  }

  private list(list: ListPlan, near: Alias): Sql {
    const t = Symbol(nameOf(list.many.target));
    return sql`(SELECT json_agg(${this.entry(list, t)}) FROM (${this.page(list, name(near, 'id'))}) ${name(t)})`;
  }

  /** An object of a page, with what stands in its cursor where that is asked for. */
  private entry({ many, wants, object }: ListPlan, t: Alias): Sql {
    if (!wants.cursors) return this.object(object, t);
    const keys = cursorKeys(many, this.tables).map(({ kind, column }) => jsonFormOfKey(kind).write(column(t)));
    return this.object(object, t, keys);
  }

  /** How many rows it reads stands in its text: where PostgreSQL knows that, it plans once for all. */
  private page(list: ListPlan, parent?: Sql): Sql {
    const { many, page, place } = list;
    const cursor: CursorSql = (side, at, type) =>
      later<PlanAsked>(({ pages }) => pages[place]![side]!.at(at) ?? 'infinity', type);
    const asked: PageAsked = { rows: text(String(rowsRead(list))), cursor, isNumbered: false };
    const columns = (t: Alias): Sql => sql`${name(t)}.*`;
    if (!parent) return pageOfEverything(many, this.tables, this.compiler, page, asked, columns);
    const source = sourceOf(many, this.tables, this.compiler);
    return pageSql([{ ...source, columns: columns(source.t) }], page, { ...asked, parent });
  }

  private count({ many }: CountPlan, parent?: Sql): Sql {
    if (!parent) return sql`(${countEverythingStatement(many, this.tables, this.compiler)})`;
    return sql`(${countOfOne(many, this.tables, this.compiler, parent)})`;
  }
}
