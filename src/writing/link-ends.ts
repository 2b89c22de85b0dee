import type { Acting } from '../access/act';
import type { Compiler } from '../access/compiler';
import { authorizeAll, type Demand } from '../access/authorize';
import type { ForViewer } from '../access/composed';
import { FALSE, join, later, name, runComposed, sql, text, type Alias, type Sql } from '../database/sql';
import type { Wanted } from '../database/locks';
import { OutOfDate } from '../database/transaction';
import { notFound } from '../errors';
import type { SharedType } from '../model/families';
import { projectLinks } from '../model/links';
import { idColumn, snakeCase } from '../model/names';
import { readId } from '../model/read-id';
import { used } from './holders';
import type { PutInto } from './may-write';
import { roleToBeIn } from './rights';

/** A subject or session, and a project that it joins or leaves. */
export interface Ends {
  id: string;
  projectId: string;
  /** The projects that it is in so far. */
  projects: readonly PutInto[];
  /** The one that it joins or leaves. */
  project: PutInto;
  isLinked: boolean;
  /** The collections or cohorts of that project that it is in. */
  choices: readonly string[];
}

/**
 * Asks for what linking and unlinking both take, to see the object and (with a role) the project, and locks both ends with
 * everything else that is changed. Throws NOT_FOUND, FORBIDDEN or OutOfDate (it has just been linked to another project).
 *
 * @param requireMore is told both ends before anything is locked, and once more afterwards
 * @returns the ends, and whether the writer is an owner of one of the projects that it is in
 */
export async function lockEnds(
  acting: Acting,
  { type, id: given, projectId: givenProject }: { type: SharedType; id: string; projectId: string },
  onProject: Pick<Demand, 'atLeast' | 'orAnyway'>,
  requireMore: (ends: Ends) => void,
): Promise<Ends & { owned: boolean }> {
  const [id, projectId] = [readId(given, type), readId(givenProject, 'Project')];
  if (id === undefined) throw notFound(type);
  if (projectId === undefined) throw notFound('Project');
  const concerned = new Set([projectId]);
  const demands: Demand[] = [
    { type, id, atLeast: 'OWNER', hold: 'changed', orAnyway: true },
    { type: 'Project', id: projectId, hold: 'used', ...onProject },
  ];
  const [owned] = await authorizeAll(acting, demands, async () => {
    const before = await readEnds(acting, type, { id, projectId });
    for (const one of before.projects) concerned.add(one.id);
    requireMore(before);
    const choices = before.choices.map((choice): Wanted => ({ type: choiceOf(type), id: choice, hold: 'changed' }));
    return [...used('Project', [...concerned]), ...choices];
  });
  const ends = await readEnds(acting, type, { id, projectId });
  if (ends.projects.some((one) => !concerned.has(one.id))) throw new OutOfDate();
  requireMore(ends);
  return { ...ends, owned: owned! };
}

/** What is chosen of a project: subjects in cohorts, sessions in collections. */
export const choiceOf = (type: SharedType): 'Cohort' | 'Collection' => (type === 'Subject' ? 'Cohort' : 'Collection');

type Named = Pick<Ends, 'id' | 'projectId'>;

interface EndsAsked extends ForViewer {
  named: Named;
}

type EndsRow = PutInto & { kind: 'in' | 'to' | 'choice' };

async function readEnds({ manager, access, viewer }: Acting, type: SharedType, named: Named): Promise<Ends> {
  const statement = access.statement<EndsAsked>(viewer, `ends of ${type}`, (compiler) => endsStatement(compiler, type));
  const rows = await runComposed<EndsRow, EndsAsked>(manager, statement, { viewer, named });
  const of = (kind: EndsRow['kind']): EndsRow[] => rows.filter((row) => row.kind === kind);
  const projects = of('in');
  return {
    ...named,
    projects,
    // It may be gone by now: nobody has a role on it then.
    project: of('to')[0] ?? { id: named.projectId, alone: false, together: false },
    isLinked: projects.some(({ id }) => id === named.projectId),
    choices: of('choice').map(({ id }) => id),
  };
}

const askedId = later<EndsAsked>(({ named }) => named.id, 'uuid');
const askedProject = later<EndsAsked>(({ named }) => named.projectId, 'uuid');

function endsStatement(compiler: Compiler, type: SharedType): Sql {
  const [p, to, l, c] = ['project', 'other project', 'link', 'choice'].map((one) => Symbol(one)) as [
    Alias,
    Alias,
    Alias,
    Alias,
  ];
  const choice = choiceOf(type);
  const { table: links, column } = projectLinks(type);
  const parts = [
    sql`SELECT ${text('in')} AS "kind", ${name(p, 'id')}, ${rolesToBeIn(compiler, p)}
      FROM ${name(links)} ${name(l)} JOIN "project" ${name(p)} ON ${name(p, 'id')} = ${name(l, 'project_id')}
      WHERE ${name(l, column)} = ${askedId}`,
    sql`SELECT ${text('to')}, ${name(to, 'id')}, ${rolesToBeIn(compiler, to)} FROM "project" ${name(to)} WHERE ${name(to, 'id')} = ${askedProject}`,
    sql`SELECT ${text('choice')}, ${name(c, idColumn(choice))}, ${FALSE}, ${FALSE} FROM ${name(`${snakeCase(choice)}_${snakeCase(type)}`)} ${name(c)}
      WHERE ${name(c, 'project_id')} = ${askedProject} AND ${name(c, column)} = ${askedId}`,
  ];
  return sql`${join(parts, ' UNION ALL ')} ORDER BY "kind", "id"`;
}

/** Whether the writer has the role that it takes to put something into this project alone, and into several. */
const rolesToBeIn = (compiler: Compiler, project: Alias): Sql =>
  sql`${compiler.rows('Project', project, roleToBeIn(1))} AS "alone", ${compiler.rows('Project', project, roleToBeIn(2))} AS "together"`;
