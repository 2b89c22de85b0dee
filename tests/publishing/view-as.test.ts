import { anonymous, type Viewer } from '../../src/access/viewer';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

const everything = `{
  viewer { name }
  projects(first: 100) { totalCount nodes { id name isPublic version viewerRole members { totalCount } } }
  sessions(first: 100) { totalCount nodes { id name projects { nodes { id } } subjects { nodes { name } }
    behaviors { nodes { setup { id name isPublic } } } dataStorages { nodes { id } } dataAcquisitions { nodes { fileUrl dataStorage { id protocols { nodes { path } } } } } } }
  setups { totalCount nodes { id name isPublic image } }
  dataStorages { totalCount nodes { id name isPublic protocols { nodes { path isPublic } } } }
  found: projects(where: { isPublic: { equals: true } }) { totalCount nodes { id } }
  missed: setups(where: { not: { isPublic: { equals: true } } }) { totalCount nodes { id } }
  within: sessions(where: { projects: { some: { isPublic: { equals: true } } } }) { totalCount nodes { id } }
}`;

async function body(viewer: Viewer, viewAs?: string, query = everything): Promise<{ status: number; body: string }> {
  const response = await stage.server.send(viewer, query, undefined, {
    ...(viewAs !== undefined && { 'stemgraph-view-as': viewAs }),
  });
  return { status: response.statusCode, body: response.body };
}

test('through the eyes of the public an owner reads byte for byte what anonymous reads', async () => {
  const { project, setup } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'READ');
  expect((await body(owner)).body).not.toBe((await body(anonymous)).body);
  expect(await body(owner, 'public')).toEqual(await body(anonymous));
});

test('as if things were public, an owner reads byte for byte what anonymous reads once they are', async () => {
  const { project, setup, storage, protocol } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup, storage]), 'PUBLISH');
  const supposed = await body(owner, `public; publish=${project},${setup},${storage},${protocol}`);
  expect((await body(anonymous)).body).not.toContain(project);
  for (const mutation of [
    `mutation { publishProject(id: "${project}", confirm: true, attributeIds: ["${setup}"]) { changed } }`,
    `mutation { publishDataStorage(id: "${storage}", confirm: true, protocolIds: ["${protocol}"]) { changed } }`,
  ]) {
    expect((await stage.server.ask(owner, mutation)).errors).toBeUndefined();
  }
  expect(supposed).toEqual(await body(anonymous));
});

test('nothing can be changed through other eyes', async () => {
  const { project } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'PUBLISH');
  const answer = await body(
    owner,
    'public',
    `mutation { publishProject(id: "${project}", confirm: true) { changed } }`,
  );
  expect(answer.body).toContain('"FORBIDDEN"');
  expect((await body(anonymous)).body).not.toContain(project);
});

describe('refused', () => {
  test('what the asker has no role on, like what does not exist', async () => {
    const { project, other } = await aProject(stage.lab);
    const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'READ');
    const hidden = await body(owner, `public; publish=${other}`);
    const unknown = await body(owner, `public; publish=${other.replace(/.{12}$/, '000000000000')}`);
    expect(hidden.status).toBe(404);
    expect(unknown).toEqual(hidden);
  });

  test.each([['private'], ['public; publish=x'], ['public, publish'], ['']])(
    'a header that says «%s»',
    async (header) => {
      const answer = await body(anonymous, header);
      expect([answer.status, answer.body.includes('BAD_USER_INPUT')]).toEqual([400, true]);
    },
  );

  test('a header of nothing but spaces, as fast as any other', async () => {
    const began = performance.now();
    expect((await body(anonymous, `public; publish=${' '.repeat(15_000)}x`)).status).toBe(400);
    expect(performance.now() - began).toBeLessThan(200);
  });

  test('suppositions of somebody anonymous', async () => {
    const { project } = await aProject(stage.lab);
    expect((await body(anonymous, `public; publish=${project}`)).status).toBe(401);
    expect(await body(anonymous, 'public')).toEqual(await body(anonymous));
  });
});
