import type DataLoader from 'dataloader';
import type { Access } from '../access/access';
import { columnFor, fieldConditionFor, type FieldQuestion } from '../access/columns';
import { isInHiddenProject } from '../access/shared';
import { conditionFor, type Question } from '../access/visibleTo';
import type { Viewer } from '../access/viewer';
import type { Budget } from '../budget/budget';
import type { ManyEdge } from '../model/edges';
import type { SharedType } from '../model/families';
import type { NodeName } from '../model/ids';
import { nameOf, type Node } from '../model/node';
import type { Role } from '../people/role';
import { Batches } from './batches';
import { historyCountStatement, historyStatement, placeColumn } from './history';
import { countStatement, leftOutStatement, markOf, pageStatement, type Many } from './many';
import type { Mark, Page } from './page';
import type { Row, Snapshot } from './snapshot';
import { Parameters, quote } from './sql';
import type { Tables } from './tables';

/** What stands behind the rules of an object's fields: null where the rule denies it, else the value that is stored. */
export type RuledFields = Readonly<Record<string, { value: unknown } | null>>;

/** A page as it was read: the objects with their marks, and whether more lie beyond it. */
export interface PageRows<T extends object = Node> {
  entries: { node: T; mark: Mark }[];
  more: boolean;
}

/**
 * The dataloaders of one request. Every read of every resolver goes through one of these few, so that a list of a
 * thousand objects costs as many statements as a list of one. They live as long as the request and serve one viewer.
 */
export class Loaders {
  private readonly made = new Map<string, unknown>();
  private readonly batches: Batches;

  constructor(
    snapshot: Snapshot,
    private readonly tables: Tables,
    private readonly access: Access,
    private readonly viewer: Viewer,
    budget: Budget,
  ) {
    this.batches = new Batches(snapshot, budget);
  }

  /** By id, if the viewer may see it: of what they may not see, no more is read than of an unknown id. */
  visible(type: NodeName): DataLoader<string, Node | null> {
    return this.once(`visible ${type}`, () =>
      this.byId(
        type,
        (question) => ({ select: this.tables[type].columns('t'), where: conditionFor(question, type, 't') }),
        (row) => this.nodeOf(type, row),
      ),
    );
  }

  /** By id, for edges where seeing one end means seeing the other. An unknown id is null. */
  plain(type: NodeName): DataLoader<string, Node | null> {
    return this.once(`plain ${type}`, () =>
      this.byId(
        type,
        () => ({ select: this.tables[type].columns('t') }),
        (row) => this.nodeOf(type, row),
      ),
    );
  }

  /** The fields of an object that the viewer sees which stand in a column behind a rule each. */
  ruled(type: NodeName): DataLoader<string, RuledFields | null> {
    return this.once(`ruled ${type}`, () => {
      const fields = this.access.ruledColumns(type);
      if (fields.every((field) => fieldConditionFor(this.question(), type, field, 't') === 'FALSE'))
        return this.batches.batched<RuledFields | null>(async (ids) => ids.map(() => null));
      return this.byId(
        type,
        (question) => ({ select: fields.map((field) => this.underItsRule(question, type, field)).join(', ') }),
        (row) =>
          Object.fromEntries(fields.map((field) => [field, row[`~${field}`] === true ? { value: row[field] } : null])),
      );
    });
  }

  private underItsRule(question: FieldQuestion, type: NodeName, field: string): string {
    const column = columnFor(question, type, field, 't', this.tables[type].column(field));
    return `${column} AS ${quote(field)}, ${fieldConditionFor(question, type, field, 't')} AS ${quote(`~${field}`)}`;
  }

  /** Whether a column holds anything, for explanations only. Whoever loads it may be told that. */
  isSet(type: NodeName, field: string): DataLoader<string, boolean | null> {
    return this.once(`is set ${type}.${field}`, () =>
      this.byId(
        type,
        () => ({ select: `t.${this.tables[type].column(field)} IS NOT NULL AS "~answer"` }),
        (row) => row['~answer'] as boolean,
      ),
    );
  }

  /** What something is called, and no more, for whoever is invited to it. */
  name(type: NodeName): DataLoader<string, string | null> {
    return this.once(`name ${type}`, () =>
      this.byId(
        type,
        () => ({ select: `t.${this.tables[type].column('name')} AS "~answer"` }),
        (row) => row['~answer'] as string,
      ),
    );
  }

  /** The viewer's highest role on an object, or on what holds it; null where there is none. */
  role(type: NodeName): DataLoader<string, Role | null> {
    return this.once(`role ${type}`, () => {
      if (this.viewer.kind === 'anonymous')
        return this.batches.batched<Role | null>(async (ids) => ids.map(() => null));
      const highest = (question: Question): string => {
        const cases = roleOrder.map((role) => `WHEN ${conditionFor(question, type, 't', role)} THEN '${role}'`);
        return `CASE ${cases.join(' ')} END`;
      };
      return this.byId(
        type,
        (question) => ({ select: `${highest(question)} AS "~answer"` }),
        (row) => row['~answer'] as Role | null,
      );
    });
  }

  /** Whether a subject or session is also in a project that is hidden from the viewer: for its owners alone. */
  isInHiddenProject(type: SharedType): DataLoader<string, boolean | null> {
    return this.once(`in hidden project ${type}`, () =>
      this.byId(
        type,
        (question) => ({ select: `${isInHiddenProject(question, type, 't')} AS "~answer"` }),
        (row) => row['~answer'] === true,
      ),
    );
  }

  /** A page of the record of publications of an object, the newest first. Whoever loads it has asked for the role before. */
  history(page: Page): DataLoader<string, PageRows<Row>> {
    return this.once(`history ${JSON.stringify(page)}`, () =>
      this.batches.byParent(
        'publicationHistory',
        (objects) => historyStatement(page, objects),
        (row) => ({ node: row, mark: [row[placeColumn] as number] }),
        (entries) => pageOf(page, entries),
      ),
    );
  }

  /** How many publications and revokes the record has of an object. */
  historyCount(): DataLoader<string, number> {
    return this.once('count of history', () =>
      this.batches.byParent(
        'publicationHistory',
        (objects) => historyCountStatement(objects),
        (row) => row['count'] as number,
        ([count]) => count ?? 0,
      ),
    );
  }

  /**
   * The ids that the policy leaves out at the far end of an edge: for explanations only, never for an answer.
   *
   * @param seenBy where given, only those that this viewer may see
   */
  leftOut(edge: ManyEdge, seenBy?: Viewer): DataLoader<string, string[]> {
    const many = this.many(edge);
    return this.once(`left out ${fieldOf(edge)}`, () =>
      this.batches.byParent(
        fieldOf(edge),
        (parents) => leftOutStatement(many, this.tables, this.question(), parents, seenBy),
        (row) => row['id'] as string,
        (ids) => ids,
      ),
    );
  }

  /** One page of the far end of an edge, by the id of the near end. */
  page(edge: ManyEdge, page: Page): DataLoader<string, PageRows> {
    const many = this.many(edge);
    return this.once(`page ${fieldOf(edge)} ${JSON.stringify(page)}`, () =>
      this.batches.byParent(
        fieldOf(edge),
        (parents, room) => pageStatement(many, this.tables, this.question(), page, { parents, room }),
        (row) => this.entryOf(many, row),
        (entries) => pageOf(page, entries),
      ),
    );
  }

  /** How many visible objects are at the far end of an edge, by the id of the near end. */
  count(edge: ManyEdge): DataLoader<string, number> {
    const many = this.many(edge);
    return this.once(`count ${fieldOf(edge)}`, () =>
      this.batches.byParent(
        fieldOf(edge),
        (parents) => countStatement(many, this.tables, this.question(), parents),
        (row) => row['count'] as number,
        ([count]) => count ?? 0,
      ),
    );
  }

  /** One page of everything of a type that the viewer may see. */
  async everything(many: Many, page: Page): Promise<PageRows> {
    const rows = await this.batches.run(
      pageStatement(many, this.tables, this.question(), page, undefined),
      nameOf(many.target),
    );
    return pageOf(
      page,
      rows.map((row) => this.entryOf(many, row)),
    );
  }

  /** How much of a type the viewer may see. */
  async countEverything(many: Many): Promise<number> {
    const statement = countStatement(many, this.tables, this.question(), undefined);
    const rows = await this.batches.run(statement, nameOf(many.target));
    return rows[0]?.['count'] as number;
  }

  private byId<T>(
    type: NodeName,
    wanted: (question: FieldQuestion) => { select: string; where?: string },
    result: (row: Row) => T,
  ): DataLoader<string, T | null> {
    const table = this.tables[type];
    return this.batches.batched<T | null>(async (ids) => {
      const question = this.question();
      const { select, where = 'TRUE' } = wanted(question);
      const these = question.parameters.add(ids, 'uuid[]');
      const text = `SELECT t."id" AS "~id", ${select} FROM ${table.name} t WHERE t."id" = ANY(${these}) AND ${where}`;
      const rows = await this.batches.run({ text, parameters: question.parameters }, type);
      const results = await this.batches.each(rows, result);
      const found = new Map(rows.map((row, index) => [row['~id'] as string, results[index]!]));
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  private entryOf(many: Many, row: Row): PageRows['entries'][number] {
    return { node: this.hydrate(many, row), mark: markOf(many, this.tables, row) };
  }

  private many(edge: ManyEdge): Many {
    return { edge, target: edge.target(), filtered: this.access.isFiltered(nameOf(edge.owner), edge.field) };
  }

  private hydrate(many: Many, row: Row): Node {
    return this.nodeOf(nameOf(many.target), row);
  }

  private nodeOf(type: NodeName, row: Row): Node {
    return this.asSeen(this.tables[type].hydrate(row));
  }

  /** What is supposed to be public says so itself. */
  private asSeen(node: Node): Node {
    const supposed = this.viewer.kind === 'anonymous' && this.viewer.asIf?.public.includes(node.id);
    return supposed ? Object.assign(node, { isPublic: true }) : node;
  }

  private question(): FieldQuestion {
    const { policy, permissions, roleConditions } = this.access;
    return { policy, permissions, roleConditions, viewer: this.viewer, parameters: new Parameters() };
  }

  private once<T>(key: string, make: () => T): T {
    const known = this.made.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.made.set(key, made);
    return made;
  }
}

const fieldOf = (edge: ManyEdge): string => `${nameOf(edge.owner)}.${edge.field}`;

/** A page was read with one row more than asked for, and from whichever end it was asked for. */
function pageOf<T extends object>(page: Page, entries: PageRows<T>['entries']): PageRows<T> {
  const kept = entries.slice(0, page.size);
  if (page.fromEnd) kept.reverse();
  return { entries: kept, more: entries.length > page.size };
}

const roleOrder: readonly Role[] = ['OWNER', 'MANAGER', 'CONTRIBUTOR', 'MEMBER'];
