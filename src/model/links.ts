import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SharedType } from './families';
import type { NodeClass } from './node';
import { nameOf } from './node';
import { fieldName, idColumn, snakeCase } from './names';

/** A join table between two types: rows of two ids, and a position where the list is ordered. */
export interface LinkTable {
  entity: new () => object;
  table: string;
  ends: readonly [LinkEnd, LinkEnd];
  ordered: boolean;
  /** Where the far ends have to be in the project of the near end: the join table that says so. */
  within?: () => LinkTable;
}

interface LinkEnd {
  type: () => NodeClass;
  property: string;
  column: string;
}

const links: LinkTable[] = [];

export function linkTables(): readonly LinkTable[] {
  return links;
}

interface LinkOptions {
  table: string;
  ends: readonly [() => NodeClass, () => NodeClass];
  /** The types' names, needed before the classes can be asked (they refer to each other in a circle). */
  names: readonly [string, string];
  ordered?: boolean;
}

/** Declares the join table of a many-to-many edge. Rows go when either end goes. */
export function linkTable({ table, ends, names, ordered = false }: LinkOptions): LinkTable {
  const entity = class {};
  Object.defineProperty(entity, 'name', { value: `Link_${table}` });
  const [left, right] = ends.map((type, index) => declareEnd(entity.prototype, type, names[index] as string)) as [
    LinkEnd,
    LinkEnd,
  ];
  Index()(entity.prototype, right.property);
  if (ordered) Column('integer')(entity.prototype, 'position');
  Entity(table)(entity);
  const link: LinkTable = { entity, table, ends: [left, right], ordered };
  links.push(link);
  return link;
}

function declareEnd(prototype: object, type: () => NodeClass, name: string): LinkEnd {
  const property = `${fieldName(name)}Id`;
  PrimaryColumn('uuid')(prototype, property);
  ForeignKey(type as never, { onDelete: 'CASCADE' })(prototype, property);
  return { type, property, column: snakeCase(property) };
}

interface ContainedLinkOptions {
  table: string;
  container: () => NodeClass;
  containerName: string;
  member: () => NodeClass;
  memberName: string;
  /** The join table that says which members the project has. */
  within: () => LinkTable;
}

/**
 * Declares the ordered members of a collection or cohort. The project's id stands in every row, so that the database
 * itself refuses a member which the project does not have, and drops it when it leaves the project: being in a
 * collection therefore never shows anybody a session that they may not see.
 */
export function membersWithinProject(options: ContainedLinkOptions): LinkTable {
  const entity = class {};
  Object.defineProperty(entity, 'name', { value: `Link_${options.table}` });
  const containerProperty = `${fieldName(options.containerName)}Id`;
  const memberProperty = `${fieldName(options.memberName)}Id`;
  PrimaryColumn('uuid')(entity.prototype, containerProperty);
  PrimaryColumn('uuid')(entity.prototype, memberProperty);
  Column('uuid')(entity.prototype, 'projectId');
  Column('integer')(entity.prototype, 'position');
  Index()(entity.prototype, memberProperty);
  Index(['projectId', memberProperty])(entity);
  ForeignKey(options.container as never, [containerProperty, 'projectId'], ['id', 'projectId'], {
    onDelete: 'CASCADE',
  })(entity);
  ForeignKey((() => options.within().entity) as never, ['projectId', memberProperty], ['projectId', memberProperty], {
    onDelete: 'CASCADE',
  })(entity);
  Entity(options.table)(entity);
  const link: LinkTable = {
    entity,
    table: options.table,
    ends: [
      { type: options.container, property: containerProperty, column: snakeCase(containerProperty) },
      { type: options.member, property: memberProperty, column: snakeCase(memberProperty) },
    ],
    ordered: true,
    within: options.within,
  };
  links.push(link);
  return link;
}

/** The end of a join table at which the given type stands, and the other one. */
export function endsFor(link: LinkTable, owner: NodeClass): { near: LinkEnd; far: LinkEnd } {
  const [left, right] = link.ends;
  if (left.type() === owner) return { near: left, far: right };
  if (right.type() === owner) return { near: right, far: left };
  throw new Error(`${nameOf(owner)} is at no end of ${link.table}.`);
}

/** Where it is said which subjects or sessions are in which projects: the join table, and its column that names them. */
export function projectLinks(type: SharedType): { table: string; column: string } {
  return { table: `project_${snakeCase(type)}`, column: idColumn(type) };
}
