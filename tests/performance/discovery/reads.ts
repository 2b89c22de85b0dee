import type { Data, Question } from './asking';
import { commonWord, rareWord } from './data/words';
import type { Listed, Truth } from './truth';

/** Something that readers ask for, and what has to be answered. */
export interface Read {
  name: string;
  /** How many milliseconds it may take, where that was promised. */
  promised?: number;
  /** The field of `Query` without which it cannot be asked. */
  needs?: string;
  question: Question;
  /** Throws where an answer is not the right one. */
  check(data: Data, truth: Truth, asMember: boolean): Promise<void>;
}

/** Words among all that is seen: every hit holds them, and is seen. */
function searched(name: string, query: string): Read {
  return {
    name,
    promised: 200,
    needs: 'search',
    question: {
      query: `query ($query: String!) { search(query: $query, first: 20, types: [SESSION]) { nodes { node { ... on Session { id name description } } } } }`,
      variables: { query },
    },
    check: async (data, truth, asMember) => {
      const hits = (data['search'] as { nodes: { node: { id: string; name: string; description: string } }[] }).nodes;
      const ids = hits.map(({ node }) => node.id);
      const among = `x.id = ANY(ARRAY[${ids.map((id) => `'${id}'`).join(', ')}]::uuid[])`;
      compare(`${name}, visible ones`, await truth.count({ table: 'session', where: among }, asMember), ids.length);
      const holds = `coalesce(x.description, '') || x.name ILIKE '%${query}%'`;
      const all = await truth.count({ table: 'session', where: holds }, asMember);
      compare(`${name}, how many`, ids.length, Math.min(20, all));
    },
  };
}

interface Connection {
  totalCount?: number;
  nodes?: { id: string }[];
}

/** Whether an answer holds exactly these, in this order. */
export function compare(name: string, found: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${name} answers ${left.slice(0, 600)} where ${right.slice(0, 600)} is right.`);
}

/** The first page of a list, of which something is asked. */
export function firstPage(
  name: string,
  {
    field,
    type,
    where,
    orderBy,
    promised,
  }: { field: string; type: string; where?: object; orderBy?: object[]; promised?: number },
  listed: Listed,
): Read {
  const query = `query ($where: ${type}Where, $orderBy: [${type}Order!]) { ${field}(where: $where, orderBy: $orderBy, first: 20) { nodes { id name } } }`;
  return {
    name,
    ...(promised !== undefined && { promised }),
    question: { query, variables: { where, orderBy } },
    check: async (data, truth, asMember) => {
      const expected = await truth.rows(listed, asMember, 0, 20);
      const { nodes } = data[field] as Connection;
      compare(
        name,
        nodes!.map(({ id }) => id),
        expected.map(({ id }) => id),
      );
    },
  };
}

/** How many there are. */
export function counted(name: string, field: string, type: string, where: object | undefined, listed: Listed): Read {
  return {
    name,
    question: {
      query: `query ($where: ${type}Where) { ${field}(where: $where) { totalCount } }`,
      variables: { where },
    },
    check: async (data, truth, asMember) =>
      compare(name, (data[field] as Connection).totalCount, await truth.count(listed, asMember)),
  };
}

const started = { from: '2019-03-01T00:00:00.000Z', to: '2019-04-01T00:00:00.000Z' };
const newest = 'x.started_at DESC NULLS LAST, x.id DESC';
const awake = 'HEAD_FIXED_AWAKE';

/** The example of three relations: sessions by species, technique, and the kind of a setup that is seen. */
const threeRelations = {
  subjects: { some: { species: { name: { equals: 'Mus musculus' } } } },
  dataAcquisitions: { some: { type: { in: ['ExtracellularEphys'] } } },
  behaviors: { some: { setup: { setupType: { category: { equals: awake } } } } },
};
const threeRelationsHold = `
  EXISTS (SELECT 1 FROM session_subject s JOIN subject u ON u.id = s.subject_id JOIN species k ON k.id = u.species_id
    WHERE s.session_id = x.id AND k.name = 'Mus musculus' AND EXISTS (SELECT 1 FROM project_subject l JOIN project p ON p.id = l.project_id
      WHERE l.subject_id = u.id AND (p.is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.project_id = p.id AND m.user_id = $1))))
  AND EXISTS (SELECT 1 FROM data_acquisition d WHERE d.session_id = x.id AND d.type = 'ExtracellularEphys')
  AND EXISTS (SELECT 1 FROM behavior b JOIN setup r ON r.id = b.setup_id JOIN setup_type t ON t.id = r.setup_type_id
    WHERE b.session_id = x.id AND t.category = '${awake}' AND (r.is_public OR EXISTS (SELECT 1 FROM membership m WHERE m.setup_id = r.id AND m.user_id = $1)))`;

const session = { field: 'sessions', type: 'Session' };

export const reads: readonly Read[] = [
  firstPage(
    'projects by a word of their name',
    { field: 'projects', type: 'Project', where: { name: { contains: 'HIPPOCAMPUS' } }, promised: 50 },
    { table: 'project', where: `x.name ILIKE '%hippocampus%'` },
  ),
  firstPage(
    'sessions by a part of their name',
    { ...session, where: { name: { contains: 'VS042 2019' } }, promised: 50 },
    { table: 'session', where: `x.name ILIKE '%VS042 2019%'` },
  ),
  firstPage(
    'sessions by a name that none has',
    { ...session, where: { name: { contains: 'no such name' } }, promised: 50 },
    { table: 'session', where: 'false' },
  ),
  firstPage(
    'sessions of one month',
    { ...session, where: { startedAt: { between: started } }, promised: 50 },
    { table: 'session', where: `x.started_at BETWEEN '${started.from}' AND '${started.to}'` },
  ),
  firstPage(
    'sessions of one month, the newest first',
    {
      ...session,
      where: { startedAt: { between: started } },
      orderBy: [{ field: 'STARTED_AT', direction: 'DESC' }],
      promised: 50,
    },
    { table: 'session', where: `x.started_at BETWEEN '${started.from}' AND '${started.to}'`, orderBy: newest },
  ),
  firstPage(
    'sessions by a rare tag',
    { ...session, where: { tags: { hasAll: ['repaired', 'dim light'] } }, promised: 50 },
    { table: 'session', where: `x.tags @> ARRAY['repaired', 'dim light']` },
  ),
  firstPage(
    'sessions by species, technique and setup',
    { ...session, where: threeRelations, promised: 100 },
    { table: 'session', where: threeRelationsHold },
  ),
  firstPage(
    'the newest sessions',
    { ...session, orderBy: [{ field: 'STARTED_AT', direction: 'DESC' }], promised: 50 },
    { table: 'session', orderBy: newest },
  ),
  counted('count of all sessions', 'sessions', 'Session', undefined, { table: 'session' }),
  counted(
    'count of the sessions of one month',
    'sessions',
    'Session',
    { startedAt: { between: started } },
    {
      table: 'session',
      where: `x.started_at BETWEEN '${started.from}' AND '${started.to}'`,
    },
  ),
  searched('search for a rare word', rareWord.word),
  searched('search for a very common word', commonWord),
  {
    name: 'the public dashboard',
    promised: 50,
    needs: 'publicDashboard',
    question: { query: '{ publicDashboard { projects subjects sessions } }' },
    check: async (data, truth) => {
      const [projects, subjects, sessions] = await Promise.all(
        (['project', 'subject', 'session'] as const).map((table) => truth.count({ table }, false)),
      );
      compare('the public dashboard', data['publicDashboard'], { projects, subjects, sessions });
    },
  },
];
