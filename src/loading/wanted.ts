import type { Compiler } from '../access/compiler';
import { name, sql, type Alias, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';

/** What is selected of an object that is looked up. */
export type Wanted = (compiler: Compiler, t: Alias) => { select: Sql; where?: Sql };

/** What stands behind the rules of an object's fields: null where the rule denies it, else the value that is stored. */
export type RuledFields = Readonly<Record<string, { value: unknown } | null>>;

/** A field with its rule: what it holds for the viewer, and whether they are answered it. */
export const underItsRule = (compiler: Compiler, type: NodeName, field: string, alias: Alias): Sql =>
  sql`${compiler.value(type, field, alias)} AS ${name(field)}, ${compiler.answers(type, field, alias)} AS ${name(`~${field}`)}`;
