import type { Asked } from './contestant';

/** Something that clients ask for, in the words of each contestant. All have to give the same answer. */
export interface Workload {
  name: string;
  told: string;
  /** Which objects are asked for in turn; of a hot one it is always the first. */
  about: 'public project' | 'session' | 'subject' | 'everything';
  hot?: boolean;
  /** How many changes a second are made meanwhile, of something else. */
  writes?: number;
  asMember?: boolean;
  /** Whether the order in which it is answered is everybody's own. */
  inAnyOrder?: boolean;
  /** As the graph of Stemgraph has it, and the textbook server, which serves a part of it. */
  query: string;
  /** Who cannot do it is not asked. */
  textbook?: false;
  postgraphile?: string;
  /** One statement, who may see what in it, that returns the answer as one JSON text. `$1` is the id, `$2` the viewer's. */
  limit: string;
}

/** What is asked, as the body of a request to a GraphQL server. */
export function bodyOf(query: string, id: string | undefined): Asked {
  return { query, ...(id !== undefined && { variables: { id } }) };
}

/* Who sees what, for the statements by hand: of roles only those that are held directly, which is all that there are in the data. */
const member = (column: string, id: string): string =>
  `EXISTS (SELECT 1 FROM membership m WHERE m.${column} = ${id} AND m.user_id = $2 AND m.accepted_at IS NOT NULL)`;
const shared = (alias: string, column: string): string => `(${alias}.is_public OR ${member(column, `${alias}.id`)})`;
const inProjects = (alias: string, link: string): string =>
  `EXISTS (SELECT 1 FROM project_${link} l JOIN project o ON o.id = l.project_id WHERE l.${link}_id = ${alias}.id AND ${shared('o', 'project_id')})`;

const rows = (select: string): string => `coalesce((SELECT json_agg(r) FROM (${select}) r), '[]')`;
const nodes = (select: string): string => `json_build_object('nodes', ${rows(select)})`;

const projectQuery = `query ($id: ID!) { project(id: $id) { id name description
  sessions(first: 20) { nodes { id name startedAt
    behaviors { nodes { id notes setup { id name location } behavioralParadigm { id name } } }
    dataAcquisitions { nodes { id type details fileSizeBytes } }
    manipulations { nodes { id type details } } } }
  subjects(first: 8) { nodes { id name sex procedures { nodes { id type dateTime details } } } } } }`;

const projectPostgraphile = `query ($id: UUID!) { project(rowId: $id) { id: rowId name description
  sessions: sessionsByProjectSessionProjectIdAndSessionId(first: 20) { nodes { id: rowId name startedAt
    behaviors(first: 20) { nodes { id: rowId notes setup { id: rowId name location } behavioralParadigm { id: rowId name } } }
    dataAcquisitions(first: 20) { nodes { id: rowId type details fileSizeBytes } }
    manipulations(first: 20) { nodes { id: rowId type details } } } }
  subjects: subjectsByProjectSubjectProjectIdAndSubjectId(first: 8) { nodes { id: rowId name sex procedures(first: 20) { nodes { id: rowId type dateTime details } } } } } }`;

const setupOf = `(SELECT row_to_json(r) FROM (SELECT s.id, s.name, s.location FROM setup s WHERE s.id = b.setup_id AND ${shared('s', 'setup_id')}) r)`;
const paradigmOf = `(SELECT row_to_json(r) FROM (SELECT s.id, s.name FROM behavioral_paradigm s WHERE s.id = b.behavioral_paradigm_id AND ${shared('s', 'behavioral_paradigm_id')}) r)`;
const inOrder = 'ORDER BY "order", id LIMIT 20';
const modules = `
  ${nodes(`SELECT b.id, b.notes, ${setupOf} AS setup, ${paradigmOf} AS "behavioralParadigm" FROM behavior b WHERE b.session_id = s.id ${inOrder}`)} AS behaviors,
  ${nodes(`SELECT id, type, details, file_size_bytes AS "fileSizeBytes" FROM data_acquisition WHERE session_id = s.id ${inOrder}`)} AS "dataAcquisitions",
  ${nodes(`SELECT id, type, details FROM manipulation WHERE session_id = s.id ${inOrder}`)} AS manipulations`;
const procedures = nodes(
  `SELECT id, type, date_time AS "dateTime", details FROM procedure WHERE subject_id = u.id ORDER BY id LIMIT 20`,
);
const projectLimit = `SELECT json_build_object('project', (SELECT row_to_json(r) FROM (SELECT p.id, p.name, p.description,
  ${nodes(`SELECT s.id, s.name, s.started_at AS "startedAt", ${modules} FROM project_session l JOIN session s ON s.id = l.session_id WHERE l.project_id = p.id ORDER BY s.id LIMIT 20`)} AS sessions,
  ${nodes(`SELECT u.id, u.name, u.sex, ${procedures} AS procedures FROM project_subject l JOIN subject u ON u.id = l.subject_id WHERE l.project_id = p.id ORDER BY u.id LIMIT 8`)} AS subjects
  FROM project p WHERE p.id = $1 AND ${shared('p', 'project_id')}) r))::text AS "answer"`;

/** How many of a kind the public sees, as it is kept. */
const tally = (kind: string): string => `coalesce(sum(change) FILTER (WHERE kind = '${kind}'), 0)`;

const project = { query: projectQuery, postgraphile: projectPostgraphile, limit: projectLimit } as const;

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    told: 'a public project, 20 sessions with their modules, setups and paradigms, 8 subjects with procedures',
    about: 'public project',
    ...project,
  },
  {
    name: 'W2',
    told: '20 public projects with counts of sessions and subjects',
    about: 'everything',
    query: `{ projects(first: 20, orderBy: [{ field: CREATED_AT }]) { nodes { id name sessions { totalCount } subjects { totalCount } } } }`,
    postgraphile: `{ projects(first: 20) { nodes { id: rowId name
      sessions: sessionsByProjectSessionProjectIdAndSessionId { totalCount }
      subjects: subjectsByProjectSubjectProjectIdAndSubjectId { totalCount } } } }`,
    limit: `SELECT json_build_object('projects', ${nodes(`SELECT p.id, p.name,
        json_build_object('totalCount', (SELECT count(*) FROM project_session l WHERE l.project_id = p.id)) AS sessions,
        json_build_object('totalCount', (SELECT count(*) FROM project_subject l WHERE l.project_id = p.id)) AS subjects
      FROM project p WHERE ${shared('p', 'project_id')} ORDER BY p.id LIMIT 20`)})::text AS "answer", $1::text`,
  },
  {
    name: 'W3',
    told: 'a subject, its procedures, their stocks and inventories, their equipment and setups',
    about: 'subject',
    query: `query ($id: ID!) { subject(id: $id) { id name procedures { nodes { id type
      consumableStock { id type inventory { id name } } equipment { nodes { id name setup { id name } } } } } } }`,
    postgraphile: `query ($id: UUID!) { subject(rowId: $id) { id: rowId name procedures(first: 20) { nodes { id: rowId type
      consumableStock { id: rowId type inventory { id: rowId name } }
      equipment: equipmentByProcedureEquipmentProcedureIdAndEquipmentId(first: 20) { nodes { id: rowId name setup { id: rowId name } } } } } } }`,
    limit: `SELECT json_build_object('subject', (SELECT row_to_json(r) FROM (SELECT u.id, u.name, ${nodes(`SELECT c.id, c.type,
        (SELECT row_to_json(r) FROM (SELECT k.id, k.type, json_build_object('id', i.id, 'name', i.name) AS inventory
          FROM consumable_stock k JOIN inventory i ON i.id = k.inventory_id WHERE k.id = c.consumable_stock_id AND ${shared('i', 'inventory_id')}) r) AS "consumableStock",
        ${nodes(`SELECT e.id, e.name, json_build_object('id', s.id, 'name', s.name) AS setup FROM procedure_equipment l JOIN equipment e ON e.id = l.equipment_id
          JOIN setup s ON s.id = e.setup_id WHERE l.procedure_id = c.id AND ${shared('s', 'setup_id')} ORDER BY e.id LIMIT 20`)} AS equipment
        FROM procedure c WHERE c.subject_id = u.id ORDER BY c.id LIMIT 20`)} AS procedures
      FROM subject u WHERE u.id = $1 AND ${inProjects('u', 'subject')}) r))::text AS "answer"`,
  },
  {
    name: 'W4',
    told: 'one session in full: projects, subjects with species and strain, modules, setups, paradigms, storages',
    about: 'session',
    query: `query ($id: ID!) { session(id: $id) { id name description startedAt tags projects { nodes { id name } }
      subjects { nodes { id name sex species { id name } strain { id name } } }
      behaviors { nodes { id notes setup { id name location } behavioralParadigm { id name } } }
      dataAcquisitions { nodes { id type details fileSizeBytes dataStorage { id name } } }
      manipulations { nodes { id type details } } } }`,
    postgraphile: `query ($id: UUID!) { session(rowId: $id) { id: rowId name description startedAt tags
      projects: projectsByProjectSessionSessionIdAndProjectId(first: 20) { nodes { id: rowId name } }
      subjects: subjectsBySessionSubjectSessionIdAndSubjectId(first: 20) { nodes { id: rowId name sex species { id: rowId name } strain: strainSpecies { id: rowId name } } }
      behaviors(first: 20) { nodes { id: rowId notes setup { id: rowId name location } behavioralParadigm { id: rowId name } } }
      dataAcquisitions(first: 20) { nodes { id: rowId type details fileSizeBytes dataStorage { id: rowId name } } }
      manipulations(first: 20) { nodes { id: rowId type details } } } }`,
    limit: `SELECT json_build_object('session', (SELECT row_to_json(r) FROM (SELECT s.id, s.name, s.description, s.started_at AS "startedAt", s.tags,
        ${nodes(`SELECT o.id, o.name FROM project_session l JOIN project o ON o.id = l.project_id WHERE l.session_id = s.id AND ${shared('o', 'project_id')} ORDER BY o.id LIMIT 20`)} AS projects,
        ${nodes(`SELECT u.id, u.name, u.sex, (SELECT row_to_json(r) FROM (SELECT k.id, k.name FROM species k WHERE k.id = u.species_id AND k.is_approved) r) AS species,
          (SELECT row_to_json(r) FROM (SELECT k.id, k.name FROM strain k WHERE k.id = u.strain_id AND k.is_approved) r) AS strain
          FROM session_subject l JOIN subject u ON u.id = l.subject_id WHERE l.session_id = s.id AND ${inProjects('u', 'subject')} ORDER BY u.id LIMIT 20`)} AS subjects,
        ${nodes(`SELECT b.id, b.notes, ${setupOf} AS setup, ${paradigmOf} AS "behavioralParadigm" FROM behavior b WHERE b.session_id = s.id ${inOrder}`)} AS behaviors,
        ${nodes(`SELECT d.id, d.type, d.details, d.file_size_bytes AS "fileSizeBytes", (SELECT row_to_json(r) FROM (SELECT g.id, g.name FROM data_storage g WHERE g.id = d.data_storage_id AND ${shared('g', 'data_storage_id')}) r) AS "dataStorage"
          FROM data_acquisition d WHERE d.session_id = s.id ${inOrder}`)} AS "dataAcquisitions",
        ${nodes(`SELECT id, type, details FROM manipulation WHERE session_id = s.id ${inOrder}`)} AS manipulations
      FROM session s WHERE s.id = $1 AND ${inProjects('s', 'session')}) r))::text AS "answer"`,
  },
  {
    name: 'W5',
    told: 'a filtered, ordered list over three relations: the newest 20 sessions of mice, recorded with electrodes, in setups for fixed heads',
    about: 'everything',
    textbook: false,
    query: `{ sessions(first: 20, orderBy: [{ field: STARTED_AT, direction: DESC }], where: {
        subjects: { some: { species: { name: { equals: "Mus musculus" } } } }
        dataAcquisitions: { some: { type: { equals: "ExtracellularEphys" } } }
        behaviors: { some: { setup: { setupType: { category: { equals: HEAD_FIXED_AWAKE } } } } } })
      { nodes { id name startedAt } } }`,
    postgraphile: `{ sessions(first: 20, orderBy: [STARTED_AT_DESC, ROW_ID_DESC], filter: {
        sessionSubjects: { some: { subject: { species: { name: { equalTo: "Mus musculus" } } } } }
        dataAcquisitions: { some: { type: { equalTo: "ExtracellularEphys" } } }
        behaviors: { some: { setup: { setupType: { category: { equalTo: "HEAD_FIXED_AWAKE" } } } } } })
      { nodes { id: rowId name startedAt } } }`,
    // OFFSET keeps each condition where it is, to be asked of the newest first: joined, they would be asked of all.
    limit: `SELECT json_build_object('sessions', ${nodes(`SELECT s.id, s.name, s.started_at AS "startedAt" FROM session s WHERE s.public_in > 0
        AND EXISTS (SELECT 1 FROM session_subject l JOIN subject u ON u.id = l.subject_id JOIN species k ON k.id = u.species_id
          WHERE l.session_id = s.id AND k.name = 'Mus musculus' AND k.is_approved AND u.public_in > 0 OFFSET 0)
        AND EXISTS (SELECT 1 FROM data_acquisition d WHERE d.session_id = s.id AND d.type = 'ExtracellularEphys' OFFSET 0)
        AND EXISTS (SELECT 1 FROM behavior b JOIN setup r ON r.id = b.setup_id JOIN setup_type t ON t.id = r.setup_type_id
          WHERE b.session_id = s.id AND t.category = 'HEAD_FIXED_AWAKE' AND t.is_approved AND r.is_public OFFSET 0)
      ORDER BY s.started_at DESC NULLS LAST, s.id DESC LIMIT 20`)})::text AS "answer", $1::text, $2::text`,
  },
  { name: 'W6', told: 'W1, as a member by token', about: 'public project', asMember: true, ...project },
  { name: 'W7', told: 'W1 of one hot project', about: 'public project', hot: true, ...project },
  {
    name: 'W7w',
    told: 'the same while something else is changed ten times a second',
    about: 'public project',
    hot: true,
    writes: 10,
    ...project,
  },
  {
    name: 'W8',
    told: 'a wide flat read: 100 sessions',
    about: 'everything',
    query: `{ sessions(first: 100, orderBy: [{ field: CREATED_AT }]) { nodes { id name description startedAt tags nameUsedInStorage createdAt updatedAt } } }`,
    postgraphile: `{ sessions(first: 100, orderBy: [ROW_ID_ASC]) { nodes { id: rowId name description startedAt tags nameUsedInStorage createdAt updatedAt } } }`,
    limit: `SELECT json_build_object('sessions', ${nodes(`SELECT s.id, s.name, s.description, s.started_at AS "startedAt", s.tags, s.name_used_in_storage AS "nameUsedInStorage",
        s.created_at AS "createdAt", s.updated_at AS "updatedAt" FROM session s WHERE ${inProjects('s', 'session')} ORDER BY s.id LIMIT 100`)})::text AS "answer", $1::text`,
  },
  {
    name: 'W9',
    told: 'a search for sessions by three words',
    about: 'everything',
    inAnyOrder: true,
    textbook: false,
    query: `{ search(query: "photometry septum muscimol", types: [SESSION], first: 20) { nodes { node { ... on Session { id name description } } } } }`,
    limit: `SELECT json_build_object('search', json_build_object('nodes', coalesce((SELECT json_agg(json_build_object('node', row_to_json(r))) FROM (
        SELECT s.id, s.name, s.description FROM search_document d JOIN session s ON s.id = d.id
        WHERE d.type = 3 AND d.is_public AND d.document @@ websearch_to_tsquery('english', 'photometry septum muscimol') ORDER BY d.id DESC LIMIT 20) r), '[]')))::text AS "answer", $1::text, $2::text`,
  },
  {
    name: 'W10',
    told: 'the public dashboard',
    about: 'everything',
    textbook: false,
    query: `{ publicDashboard { projects subjects sessions collections cohorts modules { behaviors dataAcquisitions manipulations procedures } } }`,
    limit: `SELECT json_build_object('publicDashboard', json_build_object(${['Project', 'Subject', 'Session', 'Collection', 'Cohort'].map((kind) => `'${kind.toLowerCase()}s', ${tally(kind)}`).join(', ')},
        'modules', json_build_object('behaviors', ${tally('Behavior')}, 'dataAcquisitions', ${tally('DataAcquisition')}, 'manipulations', ${tally('Manipulation')},
          'procedures', ${tally('Procedure')})))::text AS "answer", $1::text, $2::text FROM public_tally`,
  },
];
