import { anonymous, type Viewer } from '../../src/access/viewer';
import { cast, examples } from '../../src/demo/cast';
import { userViewer } from '../stage/server';
import { names, openDemo, type DemoStage, type Name } from './stage';

/** Shared terms and people, as the demo shows them to the public, to those who proposed them and to administrators. */

let demo: DemoStage;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

describe('shared terms', () => {
  const query = `{ species { nodes { name } } strains { nodes { name } } journals { nodes { name } }
    suppliers { nodes { name } } publications { nodes { title projects { nodes { name } } } } }`;
  interface Terms {
    species: { nodes: Name[] };
    strains: { nodes: Name[] };
    journals: { nodes: Name[] };
    suppliers: { nodes: Name[] };
    publications: { nodes: { title: string; projects: { nodes: Name[] } }[] };
  }

  test('proposals are for their proposer and administrators', async () => {
    const shown = await demo.see<Terms>(anonymous, query);
    expect(names(shown.species.nodes)).not.toContain('Acomys cahirinus');
    expect(names(shown.strains.nodes)).not.toContain('Westmere PV-Cre');
    expect(names(shown.suppliers.nodes)).not.toContain('Tidewater Robotics');
    const proposer = await demo.see<Terms>(userViewer(cast.contributor.id), query);
    expect(names(proposer.species.nodes)).toContain('Acomys cahirinus');
    const administrator = await demo.see<Terms>(userViewer(cast.administrator.id, true), query);
    expect(names(administrator.species.nodes)).toContain('Acomys cahirinus');
    expect(names(administrator.journals.nodes)).toContain('Open Reports in Electrophysiology');
  });

  test('a public subject of a proposed strain has none for the public', async () => {
    const one = 'query ($id: ID!) { subject(id: $id) { species { name } strain { name } } }';
    const id = await demo.idOf('subject', 'RT04');
    expect(await demo.see(anonymous, one, { id })).toEqual({
      subject: { species: { name: 'Rattus norvegicus' }, strain: null },
    });
  });

  test('a publication of a public and a private project leads to the public one', async () => {
    const projectsOf = async (viewer: Viewer): Promise<string[]> => {
      const { publications } = await demo.see<Terms>(viewer, query);
      return names(publications.nodes.find(({ title }) => title.startsWith('Place cells'))!.projects.nodes);
    };
    expect(await projectsOf(anonymous)).toEqual([examples.sharingProject.name]);
    expect(await projectsOf(userViewer(await demo.idOf('user', 'Elena Marchetti')))).toHaveLength(2);
  });
});

test('the public sees who is credited on public projects or leads a laboratory, and nobody else', async () => {
  const query = '{ users(first: 100) { nodes { name email } } groups { nodes { name members { totalCount } } } }';
  interface People {
    users: { nodes: (Name & { email: string | null })[] };
    groups: { nodes: (Name & { members: unknown })[] };
  }
  const shown = await demo.see<People>(anonymous, query);
  const all = await demo.see<People>(userViewer(cast.stranger.id), query);
  const hidden = names(all.users.nodes).filter((name) => !names(shown.users.nodes).includes(name));
  expect(hidden).toEqual([
    'Ingrid Solheim',
    'Jonas Feldmann',
    'Luca Bernasconi',
    'Noor Haddad',
    'Samuel Adeyemi',
    'Wei-Lin Chou',
  ]);
  expect(shown.users.nodes.every(({ email }) => email === null)).toBe(true);
  expect(all.users.nodes.filter(({ email }) => email !== null)).toHaveLength(1);
  expect(shown.groups.nodes.every(({ members }) => members === null)).toBe(true);
});
