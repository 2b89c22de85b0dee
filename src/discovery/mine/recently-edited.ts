import { table, type Compiler } from '../../access/compiler';
import type { ForViewer } from '../../access/composed';
import type { Context } from '../../context';
import { all } from '../../database/conditions';
import { join, name, runComposed, sql, text, TRUE, type Alias, type Sql } from '../../database/sql';
import { mostEdited } from '../../domain/people/user.entity';
import { attributeTypes, sharedTypes } from '../../model/families';
import { typeOfId, type NodeName } from '../../model/ids';
import { projectLinks } from '../../model/links';
import type { Node } from '../../model/node';

const most = sql`${text(String(mostEdited))}::integer`;

/** What is looked for in a project beside its subjects and sessions. */
const inProjects = ['Collection', 'Cohort', 'Breeding'] as const satisfies NodeName[];

/**
 * What was edited last of what the viewer contributes to. The rule decides on each object; that those in projects are looked for
 * in the viewer's own projects alone is a matter of time.
 */
export async function recentlyEdited({ snapshot, loaders, access, viewer }: Context): Promise<Node[]> {
  const statement = access.statement<ForViewer>(viewer, 'recently edited', editedStatement);
  const runner = { query: (query: string, values: unknown[]) => snapshot.query(query, values, 'User.recentlyEdited') };
  const rows = await runComposed<{ id: string }, ForViewer>(runner, statement, { viewer });
  const found = await Promise.all(rows.map(async ({ id }) => loaders.visible(typeOfId(id)!).load(id)));
  return found.flatMap((one) => one ?? []);
}

function editedStatement(compiler: Compiler): Sql {
  const project = Symbol('project');
  const mine = sql`SELECT ${name(project, 'id')} FROM ${table('Project', project)} WHERE ${compiler.rows('Project', project, 'CONTRIBUTOR')}`;
  const each = [
    ...(['Project', ...attributeTypes] as const).map((type) => latest(type, compiler, () => TRUE)),
    ...sharedTypes.map((type) => {
      const { table: links, column } = projectLinks(type);
      const inMine = sql`SELECT ${name(column)} FROM ${name(links)} WHERE "project_id" IN (SELECT "id" FROM "mine")`;
      return latest(type, compiler, (t) => sql`${name(t, 'id')} IN (${inMine})`);
    }),
    ...inProjects.map((type) =>
      latest(type, compiler, (t) => sql`${name(t, 'project_id')} IN (SELECT "id" FROM "mine")`),
    ),
  ];
  return sql`WITH "mine" AS MATERIALIZED (${mine}) SELECT "id" FROM (${join(each, ' UNION ALL ')}) "edited"
    ORDER BY "updated_at" DESC, "id" LIMIT ${most}`;
}

function latest(type: NodeName, compiler: Compiler, where: (t: Alias) => Sql): Sql {
  const t = Symbol(type);
  return sql`(SELECT ${name(t, 'id')}, ${name(t, 'updated_at')} FROM ${table(type, t)}
    WHERE ${all([where(t), compiler.rows(type, t, 'CONTRIBUTOR')])} ORDER BY ${name(t, 'updated_at')} DESC, ${name(t, 'id')} LIMIT ${most})`;
}
