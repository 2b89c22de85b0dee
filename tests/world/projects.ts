import type { PublicFlags } from './attributes';
import type { WorldBuilder } from './builder';
import type { LinkName, Row, TypeName } from './world';

/** Projects, the subjects and sessions that they share, and their collections and cohorts. */
export function addProjects(builder: WorldBuilder, count: number, flags: PublicFlags): void {
  const { dice, rows } = builder;
  for (let made = 0; made < count; made += 1) {
    const isPublic = flags[made] ?? dice.chance(0.4);
    const wasPublic = isPublic || dice.chance(0.3);
    const { id: projectId } = builder.add('Project', {
      isPublic,
      publishedAt: isPublic ? '2026-01-04T12:00:00.000Z' : null,
      firstPublishedAt: wasPublic ? '2026-01-03T12:00:00.000Z' : null,
    });
    for (let order = 0; order < dice.between(1, 2); order += 1)
      builder.add('Contributor', { projectId, order, userId: builder.chooseId(rows.User) });
    for (const publication of builder.chooseSome(rows.Publication, 2))
      builder.link('project_publication', { projectId, publicationId: publication.id });
  }
}

/**
 * The projects of a subject or session: one or two. Where the cast plays, the first few belong to one project of the
 * stage each, the next ones to two neighbours.
 */
function projectsOf({ dice, rows }: WorldBuilder, made: number, stage: number): Row[] {
  if (made < stage) return [rows.Project[made]!];
  if (stage === 0) return dice.some(rows.Project, 1, 2);
  return [made, made + 1].map((place) => rows.Project[place % rows.Project.length]!);
}

export function addSubjects(builder: WorldBuilder, count: number, stage: number): void {
  const { rows } = builder;
  for (let made = 0; made < count; made += 1) {
    const species = builder.choose(rows.Species);
    const strains = rows.Strain.filter(({ speciesId }) => speciesId === species.id);
    const subject = builder.add('Subject', {
      speciesId: species.id,
      strainId: builder.chooseId(strains),
      supplierId: builder.chooseId(rows.Supplier),
    });
    for (const project of projectsOf(builder, made, stage))
      builder.link('project_subject', { projectId: project.id, subjectId: subject.id });
  }
}

export function addSessions(builder: WorldBuilder, count: number, stage: number): void {
  const { rows } = builder;
  for (let made = 0; made < count; made += 1) {
    const { id: sessionId } = builder.add('Session');
    for (const project of projectsOf(builder, made, stage))
      builder.link('project_session', { projectId: project.id, sessionId });
    // Any subject may take part, whether or not it shares a project with the session.
    for (const subject of builder.chooseSome(rows.Subject, 3))
      builder.link('session_subject', { sessionId, subjectId: subject.id });
    for (const setup of builder.chooseSome(rows.Setup, 3))
      builder.link('session_setup', { sessionId, setupId: setup.id });
    builder
      .chooseSome(rows.DataStorage, 3)
      .forEach((storage, position) =>
        builder.link('session_data_storage', { sessionId, dataStorageId: storage.id, position }),
      );
  }
}

/** Collections and cohorts hold only what their project has, in an order of their own. */
export function addChoices(builder: WorldBuilder): void {
  const { dice, rows } = builder;
  for (const { id: projectId } of rows.Project) {
    for (const [type, table] of choices) {
      for (let made = 0; made < dice.between(builder.least, 2); made += 1) {
        const { id } = builder.add(type, { projectId });
        const member = type === 'Collection' ? 'sessionId' : 'subjectId';
        const within = builder.links[type === 'Collection' ? 'project_session' : 'project_subject'];
        const members = within.filter((link) => link['projectId'] === projectId).map((link) => link[member] as string);
        dice.some(members, Math.min(1, members.length), 3).forEach((memberId, position) =>
          builder.link(table, {
            [type === 'Collection' ? 'collectionId' : 'cohortId']: id,
            [member]: memberId,
            projectId,
            position,
          }),
        );
      }
    }
  }
}

const choices: readonly [TypeName, LinkName][] = [
  ['Collection', 'collection_session'],
  ['Cohort', 'cohort_subject'],
];
