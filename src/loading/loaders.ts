import type { Access } from '../access/access';
import { compilerFor, type Compiler } from '../access/compiler';
import type { Viewer } from '../access/viewer';
import type { Budget } from '../budget/budget';
import { FALSE, join, name, sql, Statement, TRUE, type Alias, type Sql } from '../database/sql';
import type { Find } from '../finding/find';
import type { ManyEdge } from '../model/edges';
import type { SharedType } from '../model/families';
import type { NodeName } from '../model/ids';
import { nameOf, type Node } from '../model/node';
import type { Role } from '../domain/people/role';
import { countEverythingStatement, pageStatement } from './arms';
import { askedIds, shapeOf } from './asked';
import { Batches } from './batches';
import { countStatement, cursorOf, everythingOf, fieldOf, leftOutStatement, pagesStatement, type Many } from './many';
import {
  countName,
  countOfEverythingName,
  everythingName,
  ofAll,
  pageName,
  plainName,
  ruledName,
  visibleName,
} from './loader-names';
import { namedStatement } from './named';
import type { Page } from './page';
import { pageOf, type PageRows } from './page-rows';
import { Questions } from './questions';
import type { Row, Snapshot } from './snapshot';
import type { Loader, Ready } from './ready';
import type { Soon } from '../model/soon';
import type { Tables } from './tables';
import { type RuledFields, underItsRule, type Wanted } from './wanted';

/**
 * The dataloaders of one request. Every read of every resolver goes through one of these few, so that a list of a
 * thousand objects costs as many statements as a list of one. They live as long as the request and serve one viewer.
 */
export class Loaders {
  private readonly made = new Map<string, unknown>();
  private ready: Ready | undefined;
  readonly batches: Batches;
  readonly questions: Questions;

  constructor(
    snapshot: Snapshot,
    readonly shared: { tables: Tables; access: Access },
    private readonly viewer: Viewer,
    budget: Budget,
  ) {
    this.batches = new Batches(snapshot, budget);
    this.questions = new Questions(shared.access, viewer);
  }

  /** Takes what was read before anybody asks for it. */
  take(ready: Ready): void {
    this.ready = ready;
  }

  /** By id, if the viewer may see it: of what they may not see, no more is read than of an unknown id. */
  visible(type: NodeName): Loader<Node | null> {
    return this.byId(
      visibleName(type),
      type,
      (compiler, t) => ({ select: this.shared.tables[type].columns(t), where: compiler.rows(type, t) }),
      (row) => this.nodeOf(type, row),
    );
  }

  /** By id, for edges where seeing one end means seeing the other. An unknown id is null. */
  plain(type: NodeName): Loader<Node | null> {
    return this.byId(
      plainName(type),
      type,
      (_compiler, t) => ({ select: this.shared.tables[type].columns(t) }),
      (row) => this.nodeOf(type, row),
    );
  }

  /** The ids of those that go by a name which the world has for them: see named.ts. */
  named(type: NodeName, filtered: boolean): Loader<string[]> {
    const shape = `${filtered ? 'seen' : 'every'} ${type} named`;
    const composed = (compiler: Compiler): Sql => namedStatement(type, filtered, compiler);
    return this.once(shape, () =>
      this.batches.byParent(
        type,
        (ids) => this.questions.ask(shape, composed, { ids }),
        (row) => row['id'] as string,
        (ids) => ids,
      ),
    );
  }

  /** The fields of an object that the viewer sees which stand in a column behind a rule each. */
  ruled(type: NodeName): Loader<RuledFields | null> {
    return this.loader(ruledName(type), () => {
      const fields = this.shared.access.ruledColumns(type);
      const compiler = compilerFor(this.shared.access, this.viewer);
      if (fields.every((field) => compiler.answers(type, field, Symbol(type)) === FALSE))
        return this.batches.batched<RuledFields | null>(async (ids) => ids.map(() => null));
      return this.lookUp(
        ruledName(type),
        type,
        (composing, t) => ({
          select: join(
            fields.map((field) => underItsRule(composing, type, field, t)),
            ', ',
          ),
        }),
        (row) =>
          Object.fromEntries(fields.map((field) => [field, row[`~${field}`] === true ? { value: row[field] } : null])),
      );
    });
  }

  /** Whether a column holds anything, for explanations only. Whoever loads it may be told that. */
  isSet(type: NodeName, field: string): Loader<boolean | null> {
    const { [type]: rows } = this.shared.tables;
    return this.answer<boolean>(`is set ${type}.${field}`, type, (_, t) => sql`${rows.column(t, field)} IS NOT NULL`);
  }

  /** What something is called, and no more, for whoever is invited to it. */
  name(type: NodeName): Loader<string | null> {
    return this.answer<string>(`name ${type}`, type, (_, t) => this.shared.tables[type].column(t, 'name'));
  }

  /** The viewer's highest role on an object, or on what holds it; null where there is none. */
  role(type: NodeName): Loader<Role | null> {
    if (this.viewer.kind === 'anonymous')
      return this.once(`role ${type}`, () => this.batches.batched<Role | null>(async (ids) => ids.map(() => null)));
    return this.answer<Role>(`role ${type}`, type, (compiler, t) => compiler.role(type, t));
  }

  /** Whether a subject or session is also in a project that is hidden from the viewer: for its owners alone. */
  isInHiddenProject(type: SharedType): Loader<boolean | null> {
    const key = `in hidden project ${type}`;
    return this.answer<boolean>(key, type, (compiler, t) => compiler.isInHiddenProject(type, t));
  }

  /**
   * The ids that the policy leaves out at the far end of an edge: for explanations only, never for an answer.
   *
   * @param seenBy where given, only those that this viewer may see
   */
  leftOut(edge: ManyEdge, seenBy?: Viewer): Loader<string[]> {
    const many = this.many(edge);
    const compilerOf = (viewer: Viewer): Compiler => compilerFor(this.shared.access, viewer);
    return this.once(`left out ${fieldOf(edge)}`, () =>
      this.batches.byParent(
        fieldOf(edge),
        // Rarely asked, and for two viewers at once: composed each time.
        (ids) => ({
          statement: new Statement(
            leftOutStatement(many, this.shared.tables, compilerOf(this.viewer), seenBy && compilerOf(seenBy)),
          ),
          asked: { ids, viewer: this.viewer },
        }),
        (row) => row['id'] as string,
        (ids) => ids,
      ),
    );
  }

  /** One page of the far end of an edge, of what is found there, by the id of the near end. */
  page(edge: ManyEdge, page: Page, find?: Find): Loader<PageRows> {
    const many = this.many(edge, find);
    return this.loader(pageName(edge, page, find), () =>
      this.batches.byParent(
        fieldOf(edge),
        (ids, room) =>
          this.questions.find(
            many,
            `page ${fieldOf(edge)} ${shapeOf(page)}`,
            (compiler) => pagesStatement(many, this.shared.tables, compiler, page),
            { ids, page, room },
          ),
        (row) => this.entryOf(many, row),
        (entries) => pageOf(page, entries),
      ),
    );
  }

  /** How many visible objects are found at the far end of an edge, by the id of the near end. */
  count(edge: ManyEdge, find?: Find): Loader<number> {
    const many = this.many(edge, find);
    return this.loader(countName(edge, find), () =>
      this.batches.byParent(
        fieldOf(edge),
        (ids) =>
          this.questions.find(
            many,
            `count ${fieldOf(edge)}`,
            (compiler) => countStatement(many, this.shared.tables, compiler),
            { ids },
          ),
        (row) => row['count'] as number,
        ([count]) => count ?? 0,
      ),
    );
  }

  /** One page of everything of a type that the viewer may see. */
  everything(many: Many, page: Page): Soon<PageRows> {
    return this.loader(everythingName(many, page), () => ({ load: () => this.readEverything(many, page) })).load(ofAll);
  }

  private async readEverything(many: Many, page: Page): Promise<PageRows> {
    const question = this.questions.find(
      many,
      `page ${everythingOf(many)} ${shapeOf(page)}`,
      (compiler) => pageStatement(many, this.shared.tables, compiler, page),
      { ids: [], page },
    );
    const rows = await this.batches.run(question, nameOf(many.target));
    const entries = rows.map((row) => this.entryOf(many, row));
    return pageOf(page, entries);
  }

  /** How much of a type the viewer may see. */
  countEverything(many: Many): Soon<number> {
    return this.loader(countOfEverythingName(many), () => ({ load: () => this.readCount(many) })).load(ofAll);
  }

  private async readCount(many: Many): Promise<number> {
    const compose = (compiler: Compiler): Sql => countEverythingStatement(many, this.shared.tables, compiler);
    const question = this.questions.find(many, `count ${everythingOf(many)}`, compose, { ids: [] });
    const rows = await this.batches.run(question, nameOf(many.target));
    return rows[0]?.['count'] as number;
  }

  /** One value of each object that is looked up; null where there is none, or no such object. */
  private answer<T>(key: string, type: NodeName, value: (compiler: Compiler, t: Alias) => Sql): Loader<T | null> {
    const wanted: Wanted = (compiler, t) => ({ select: sql`${value(compiler, t)} AS "~answer"` });
    return this.byId(key, type, wanted, (row) => row['~answer'] as T | null);
  }

  /** The one loader that looks up by id what goes by a name, which stands for all that it selects. */
  private byId<T>(key: string, type: NodeName, wanted: Wanted, result: (row: Row) => T): Loader<T | null> {
    return this.loader(key, () => this.lookUp(key, type, wanted, result));
  }

  private lookUp<T>(key: string, type: NodeName, wanted: Wanted, result: (row: Row) => T): Loader<T | null> {
    const compose = (compiler: Compiler): Sql => {
      const t = Symbol(type);
      const { select, where = TRUE } = wanted(compiler, t);
      return sql`SELECT ${name(t, 'id')} AS "~id", ${select} FROM ${this.shared.tables[type].from(t)} WHERE ${name(t, 'id')} = ANY(${askedIds}) AND ${where}`;
    };
    return this.batches.batched<T | null>(async (ids) => {
      const rows = await this.batches.run(this.questions.ask(key, compose, { ids }), type);
      const results = await this.batches.each(rows, result);
      const found = new Map(rows.map((row, index) => [row['~id'] as string, results[index]!]));
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  private entryOf(many: Many, row: Row): PageRows['entries'][number] {
    return { node: this.nodeOf(nameOf(many.target), row), cursor: cursorOf(many, this.shared.tables, row) };
  }

  private many(edge: ManyEdge, find?: Find): Many {
    const filtered = this.shared.access.isFiltered(nameOf(edge.owner), edge.field);
    return { edge, target: edge.target(), filtered, ...(find && { find }) };
  }

  private nodeOf(type: NodeName, row: Row): Node {
    return this.asSeen(this.shared.tables[type].hydrate(row));
  }

  /** What is supposed to be public says so itself. */
  private asSeen(node: Node): Node {
    const supposed = this.viewer.kind === 'anonymous' && this.viewer.asIf?.public.includes(node.id);
    return supposed ? Object.assign(node, { isPublic: true }) : node;
  }

  /** The one loader of that name, made where anything is asked of it that was not read before. */
  private loader<T>(name: string, make: () => Loader<T>): Loader<T> {
    return this.once(name, () => this.ready?.loader(name, make) ?? make());
  }

  once<T>(key: string, make: () => T): T {
    const known = this.made.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.made.set(key, made);
    return made;
  }
}
