import { anonymous, type Viewer } from '../../src/access/viewer';
import { cast, examples, flagship } from '../../src/demo/cast';
import { userViewer } from '../stage/server';
import { names, openDemo, type DemoStage, type Name } from './stage';

/** Each case of the visibility page, as the demo shows it to the public; and to a member, who sees what is hidden there. */

interface Nodes<T> {
  nodes: T[];
}

let demo: DemoStage;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const elena = async (): Promise<Viewer> => userViewer(await demo.idOf('user', 'Elena Marchetti'));
const mara = userViewer(cast.owner.id);

describe('projects', () => {
  const query = '{ projects(first: 100) { totalCount nodes { name firstPublishedAt } } }';
  interface Projects {
    projects: { totalCount: number; nodes: (Name & { firstPublishedAt: string | null })[] };
  }

  test('the public sees the public ones and counts no other', async () => {
    const { projects } = await demo.see<Projects>(anonymous, query);
    expect(projects.totalCount).toBe(7);
    expect(names(projects.nodes)).toEqual(expect.arrayContaining([flagship.name, examples.sharingProject.name]));
    expect(names(projects.nodes)).not.toContain(examples.privateProject.name);
  });

  test('what was revoked is gone, for all but those with a role', async () => {
    const { id, name } = examples.revokedProject;
    const one = 'query ($id: ID!) { project(id: $id) { name isPublic publishedAt firstPublishedAt } }';
    expect(await demo.see(anonymous, one, { id })).toEqual({ project: null });
    expect(await demo.see(userViewer(cast.stranger.id), one, { id })).toEqual({ project: null });
    expect(await demo.see(userViewer(cast.throughGroup.id), one, { id })).toEqual({
      project: { name, isPublic: false, publishedAt: null, firstPublishedAt: '2023-11-20T10:00:00.000Z' },
    });
  });

  test('one was published again', async () => {
    const one = 'query ($id: ID!) { project(id: $id) { publishedAt firstPublishedAt } }';
    expect(await demo.see(anonymous, one, { id: examples.republishedProject.id })).toEqual({
      project: { publishedAt: '2023-09-01T08:10:00.000Z', firstPublishedAt: '2022-03-01T10:00:00.000Z' },
    });
  });

  test('roles come directly and through groups, and not by an invitation', async () => {
    const query = 'query ($id: ID!) { project(id: $id) { viewerRole } }';
    const roleOf = async (who: { id: string }, project: { id: string }): Promise<unknown> =>
      (await demo.see<{ project: { viewerRole: string | null } | null }>(userViewer(who.id), query, { id: project.id }))
        .project?.viewerRole;
    expect(await roleOf(cast.owner, flagship)).toBe('OWNER');
    expect(await roleOf(cast.contributor, flagship)).toBe('CONTRIBUTOR');
    expect(await roleOf(cast.member, flagship)).toBe('MEMBER');
    expect(await roleOf(cast.throughGroup, flagship)).toBeNull();
    expect(await roleOf(cast.throughGroup, examples.revokedProject)).toBe('MEMBER');
    expect(await roleOf(cast.invited, flagship)).toBeNull();
    expect(await roleOf(cast.invited, examples.privateProject)).toBeUndefined();
    expect(await roleOf(cast.administrator, examples.privateProject)).toBeUndefined();
  });

  test('invitations are pending, of users to projects and setups, of groups, and of users to groups', async () => {
    const [pending] = await demo.database.dataSource.query<Record<string, number>[]>(
      `SELECT count(*) FILTER (WHERE "project_id" IS NOT NULL AND "user_id" IS NOT NULL)::int AS "toProject",
              count(*) FILTER (WHERE "setup_id" IS NOT NULL)::int AS "toSetup",
              count(*) FILTER (WHERE "group_id" IS NOT NULL)::int AS "ofGroup",
              (SELECT count(*)::int FROM "group_membership" WHERE "accepted_at" IS NULL) AS "toGroup"
         FROM "membership" WHERE "accepted_at" IS NULL`,
    );
    for (const count of Object.values(pending!)) expect(count).toBeGreaterThan(0);
    const lapsed = await demo.database.dataSource.query<unknown[]>(
      ['membership', 'group_membership']
        .map(
          (table) => `SELECT "id" FROM "${table}"
            WHERE "accepted_at" IS NULL AND ("invited_by_id" IS NULL OR "expires_at" IS NULL OR "expires_at" < now())`,
        )
        .join(' UNION ALL '),
    );
    expect(lapsed).toEqual([]);
  });

  test('the stranger has no role and no invitation', async () => {
    const rows = await demo.database.dataSource.query<unknown[]>(
      `SELECT "id" FROM "membership" WHERE "user_id" = $1 UNION SELECT "id" FROM "group_membership" WHERE "user_id" = $1`,
      [cast.stranger.id],
    );
    expect(rows).toEqual([]);
  });
});

describe('a session in a public and in a private project', () => {
  const query = `query ($id: ID!) { session(id: $id) {
    projects { nodes { name } } collections { nodes { name } } subjects { nodes { projects { nodes { name } } cohorts { nodes { name } } } } } }`;
  interface Shared {
    session: {
      projects: Nodes<Name>;
      collections: Nodes<Name>;
      subjects: Nodes<{ projects: Nodes<Name>; cohorts: Nodes<Name> }>;
    };
  }

  test('the public sees the public project, its collection and its cohort', async () => {
    const { session } = await demo.see<Shared>(anonymous, query, { id: examples.sharedSession.id });
    expect(names(session.projects.nodes)).toEqual([examples.sharingProject.name]);
    expect(names(session.collections.nodes)).toEqual(['Full track, then short']);
    expect(session.subjects.nodes.map(({ projects }) => names(projects.nodes))).toEqual([
      [examples.sharingProject.name],
    ]);
    expect(session.subjects.nodes.map(({ cohorts }) => names(cohorts.nodes))).toEqual([['Tetrode rats']]);
  });

  test('a member of both sees both', async () => {
    const { session } = await demo.see<Shared>(await elena(), query, { id: examples.sharedSession.id });
    expect(names(session.projects.nodes)).toEqual(names([examples.sharingProject, examples.privateProject]));
    expect(names(session.collections.nodes)).toEqual(['Baselines', 'Full track, then short']);
    expect(names(session.subjects.nodes[0]!.cohorts.nodes)).toEqual(['Controls', 'Tetrode rats']);
  });
});

describe('modules of public sessions', () => {
  const setups = 'query ($id: ID!) { session(id: $id) { behaviors { nodes { setup { name } } } } }';
  interface Setups {
    session: { behaviors: Nodes<{ setup: Name | null }> };
  }

  test('a public setup is shown and a private one reads null', async () => {
    const open = await demo.see<Setups>(anonymous, setups, { id: examples.openSession.id });
    const hidden = await demo.see<Setups>(anonymous, setups, { id: examples.sessionInPrivateSetup.id });
    expect(open.session.behaviors.nodes).toEqual([{ setup: { name: 'Probe rig A' } }]);
    expect(hidden.session.behaviors.nodes).toEqual([{ setup: null }]);
    const whole = await demo.see<Setups>(mara, setups, { id: examples.sessionInPrivateSetup.id });
    expect(whole.session.behaviors.nodes).toEqual([{ setup: { name: 'Probe rig B' } }]);
  });

  test('a paradigm that was revoked reads null', async () => {
    const query = '{ sessions(first: 100) { nodes { behaviors { nodes { behavioralParadigm { name } notes } } } } }';
    const { sessions } = await demo.see<{
      sessions: Nodes<{ behaviors: Nodes<{ behavioralParadigm: Name | null; notes: string | null }> }>;
    }>(anonymous, query);
    const found = sessions.nodes.flatMap(({ behaviors }) => behaviors.nodes);
    expect(found.some(({ behavioralParadigm }) => behavioralParadigm === null)).toBe(true);
    expect(found.some(({ behavioralParadigm }) => behavioralParadigm !== null)).toBe(true);
  });

  const observed = `query ($id: ID!) { session(id: $id) {
    subjects { nodes { name } }
    behaviors { nodes { subjects { nodes { name } } } }
    dataAcquisitions { nodes { procedures { nodes { subject { name } } } equipment { nodes { setup { name } } } } } } }`;
  interface Observed {
    session: {
      subjects: Nodes<Name>;
      behaviors: Nodes<{ subjects: Nodes<Name> }>;
      dataAcquisitions: Nodes<{ procedures: Nodes<{ subject: Name }>; equipment: Nodes<{ setup: Name }> }>;
    };
  }

  test('a subject of a private project is absent, and so are its procedures and private equipment', async () => {
    const shown = await demo.see<Observed>(anonymous, observed, { id: examples.observedSession.id });
    expect(names(shown.session.subjects.nodes)).toEqual(['RT06']);
    expect(shown.session.behaviors.nodes.map(({ subjects }) => names(subjects.nodes))).toEqual([['RT06']]);
    const [tetrodes, tracking] = shown.session.dataAcquisitions.nodes;
    expect(tetrodes!.procedures.nodes).toEqual([{ subject: { name: 'RT06' } }]);
    expect(tracking!.equipment.nodes).toEqual([{ setup: { name: 'Linear track, 2.5 m' } }]);
  });

  test('a member of both projects sees them', async () => {
    const whole = await demo.see<Observed>(await elena(), observed, { id: examples.observedSession.id });
    expect(names(whole.session.subjects.nodes)).toEqual(['RR01', 'RT06']);
    const [tetrodes, tracking] = whole.session.dataAcquisitions.nodes;
    expect(tetrodes!.procedures.nodes).toHaveLength(2);
    expect(tracking!.equipment.nodes).toHaveLength(2);
  });
});

describe('files', () => {
  const storages = `query ($id: ID!) { session(id: $id) { dataPaths
    dataStorages { nodes { name protocols { nodes { protocol isPublic } } } }
    dataAcquisitions { nodes { type fileUrl fileName dataStorage { name } } } } }`;
  interface Files {
    session: {
      dataPaths: string[];
      dataStorages: Nodes<Name & { protocols: Nodes<{ protocol: string; isPublic: boolean }> }>;
      dataAcquisitions: {
        nodes: { type: string; fileUrl: string | null; fileName: string | null; dataStorage: Name | null }[];
      };
    };
  }

  test('of a public storage, the private protocol is absent and no path is composed of it', async () => {
    const { session } = await demo.see<Files>(anonymous, storages, { id: examples.humanSession.id });
    expect(session.dataStorages.nodes).toEqual([
      { name: 'Intracranial release bucket', protocols: { nodes: [{ protocol: 'https', isPublic: true }] } },
    ]);
    expect(session.dataPaths).toEqual(['https://release.intracranial.example/v1/left/sub-01/sub-01_task-naming_run-1']);
    const ana = userViewer(await demo.idOf('user', 'Ana Ruiz Castell'));
    const whole = await demo.see<Files>(ana, storages, { id: examples.humanSession.id });
    expect(whole.session.dataStorages.nodes[0]!.protocols.nodes).toHaveLength(2);
    expect(whole.session.dataPaths).toHaveLength(2);
  });

  test('of a private storage, files have no address, name or storage', async () => {
    const { session } = await demo.see<Files>(anonymous, storages, { id: examples.sessionInPrivateSetup.id });
    expect(names(session.dataStorages.nodes)).toEqual(['Nordhavn open archive']);
    const [probe, , video] = session.dataAcquisitions.nodes;
    expect(probe).toEqual({ type: 'ExtracellularEphys', fileUrl: null, fileName: null, dataStorage: null });
    expect(video!.fileUrl).toMatch(/^https:\/\/data\.nordhavn\.example\/eyes/);
    const whole = await demo.see<Files>(mara, storages, { id: examples.sessionInPrivateSetup.id });
    expect(whole.session.dataAcquisitions.nodes[0]).toEqual({
      type: 'ExtracellularEphys',
      fileUrl: expect.stringMatching(/^https:\/\/files\.nordhavn\.example/) as string,
      fileName: expect.stringContaining('probe0.bin') as string,
      dataStorage: { name: 'Lindqvist Lab disks' },
    });
  });
});

describe('personal attributes', () => {
  test('pictures of setups are for members, of public setups too', async () => {
    const query = '{ setups(first: 100) { totalCount nodes { name image } } }';
    interface Setups {
      setups: { totalCount: number; nodes: (Name & { image: string | null })[] };
    }
    const { setups } = await demo.see<Setups>(anonymous, query);
    expect(setups.totalCount).toBe(7);
    expect(setups.nodes.every(({ image }) => image === null)).toBe(true);
    const shown = (await demo.see<Setups>(mara, query)).setups.nodes.filter(({ image }) => image !== null);
    expect(names(shown)).toEqual(['Probe rig A', 'Probe rig B', 'Resonant two-photon microscope']);
  });

  test('procedures show stocks of public inventories and null for private ones', async () => {
    const query = `{ sessions(first: 1, after: null) { totalCount } inventories { totalCount }
      allSubjects: subjects(first: 100) { nodes { procedures { nodes { type consumableStock { inventory { name } } } } } } }`;
    const { allSubjects, inventories } = await demo.see<{
      inventories: { totalCount: number };
      allSubjects: { nodes: { procedures: Nodes<{ type: string; consumableStock: { inventory: Name } | null }> }[] };
    }>(anonymous, query);
    expect(inventories.totalCount).toBe(2);
    const procedures = allSubjects.nodes.flatMap((subject) => subject.procedures.nodes);
    const stocksOf = (type: string): (string | undefined)[] => [
      ...new Set(procedures.filter((one) => one.type === type).map((one) => one.consumableStock?.inventory.name)),
    ];
    expect(stocksOf('VirusInjection')).toEqual(['Virus freezer']);
    expect(stocksOf('Anesthesia')).toEqual([undefined]);
    const stock = `SELECT 1 FROM "procedure" WHERE "type" = 'Anesthesia' AND "consumable_stock_id" IS NULL`;
    expect(await demo.database.dataSource.query(stock)).toEqual([]);
  });
});
