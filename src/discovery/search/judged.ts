import { documentCode } from '../../access/documents';
import { compilerFor, table } from '../../access/compiler';
import type { Rules } from '../../access/rule-set';
import type { Viewer } from '../../access/viewer';
import { all, either, exists } from '../../database/conditions';
import { name, sql, text, type Alias, type Sql } from '../../database/sql';
import { foundSql } from '../../finding/sql';
import type { NodeName } from '../../model/types';
import type { SearchWhere } from './where';

/** Holds for documents (under an alias) of objects that the viewer sees, and of which holds what is asked of their type. */
export function judged(rules: Rules, viewer: Viewer, types: readonly NodeName[], where: SearchWhere, d: Alias): Sql {
  const compiler = compilerFor(rules, viewer);
  return either(
    types.map((type) => {
      const t = Symbol(type);
      const asked = where.get(type);
      const seen = compiler.rows(type, t);
      return all([
        sql`${name(d, 'type')} = ${text(String(documentCode(type)))}::smallint`,
        exists(table(type, t), [
          sql`${name(t, 'id')} = ${name(d, 'id')}`,
          asked ? foundSql(seen, asked.condition, compiler, type, t) : seen,
        ]),
      ]);
    }),
  );
}
