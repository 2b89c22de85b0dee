import type { Columns, Row } from '../columns';
import type { Content } from '../content';
import { groups, users } from '../people';
import { share } from '../sharing';
import { publications } from '../vocabulary/publications';
import { histories, projects } from './projects';

type Credit = Columns<'Contributor'> & { name: string; roles: string[] };

const credit = (user: Row<'User'>, affiliation: string | null, ...roles: string[]): Credit => ({
  name: user.name!,
  userId: user.id,
  orcid: user.orcid ?? null,
  affiliation,
  roles,
});

const nordhavn = 'Nordhavn Institute of Neuroscience';
const westmere = 'University of Westmere';
const santaClara = 'Hospital Universitario Santa Clara del Mar';
const kitahama = 'Kitahama Institute of Science';
const { mara, tomasz, priya, jonas, chidi, elena, samuel, hana, ana, henrik, lucia, kenji, aiko, luca, wei } = users;

/** Who is credited; not everybody has an account, and not everybody is a person. */
const credits: Partial<Record<keyof typeof projects, Credit[]>> = {
  vista: [
    credit(priya, nordhavn, 'INVESTIGATOR', 'DATA_COLLECTOR', 'AUTHOR'),
    credit(tomasz, nordhavn, 'METHOD_DEVELOPER', 'DATA_MANAGER', 'AUTHOR'),
    { name: 'Freja Holm', roles: ['DATA_COLLECTOR'], affiliation: nordhavn },
    credit(mara, nordhavn, 'PROJECT_LEADER', 'SUPERVISOR', 'CONTACT_PERSON'),
    { name: 'Nordhavn Research Foundation', roles: ['FUNDER'] },
  ],
  track: [
    credit(elena, westmere, 'INVESTIGATOR', 'FORMAL_ANALYZER', 'AUTHOR'),
    credit(hana, westmere, 'DATA_CURATOR', 'MAINTAINER'),
    credit(chidi, westmere, 'CONCEPTUALIZER', 'SUPERVISOR', 'CONTACT_PERSON'),
  ],
  ripple: [
    credit(elena, westmere, 'CONCEPTUALIZER', 'INVESTIGATOR'),
    credit(samuel, westmere, 'DATA_COLLECTOR', 'METHOD_DEVELOPER'),
  ],
  barrel: [
    credit(priya, nordhavn, 'INVESTIGATOR', 'AUTHOR', 'CONTACT_PERSON'),
    credit(mara, nordhavn, 'SUPERVISOR'),
    { name: 'Oskar Nyberg', roles: ['FORMAL_ANALYZER', 'PRODUCER'], orcid: null, affiliation: 'Independent' },
  ],
  reversal: [credit(tomasz, nordhavn, 'INVESTIGATOR', 'CONTACT_PERSON'), credit(jonas, nordhavn, 'DATA_COLLECTOR')],
  naming: [
    credit(lucia, santaClara, 'INVESTIGATOR', 'DATA_COLLECTOR', 'AUTHOR'),
    credit(henrik, santaClara, 'INVESTIGATOR'),
    credit(ana, santaClara, 'PROJECT_LEADER', 'CONTACT_PERSON'),
  ],
  responsive: [credit(henrik, santaClara, 'PROJECT_LEADER', 'INVESTIGATOR')],
  interneurons: [
    credit(aiko, kitahama, 'INVESTIGATOR', 'DATA_COLLECTOR', 'AUTHOR'),
    credit(kenji, kitahama, 'SUPERVISOR', 'CONTACT_PERSON'),
  ],
  septum: [credit(samuel, westmere, 'INVESTIGATOR')],
  arousal: [
    credit(mara, nordhavn, 'PROJECT_LEADER', 'CONTACT_PERSON'),
    { name: 'Ellen Brask', roles: ['PROJECT_MANAGER', 'DATA_COLLECTOR'], affiliation: nordhavn },
  ],
  larva: [credit(kenji, kitahama, 'PROJECT_LEADER', 'CONTACT_PERSON'), credit(aiko, null, 'DATA_COLLECTOR')],
};

/** Projects, the roles on them, the credits that they give and the publications that they led to. */
export function addProjects(content: Content): void {
  content.addAll('Project', projects);
  for (const [key, list] of Object.entries(credits)) {
    const project = projects[key as keyof typeof projects];
    list.forEach((one, order) =>
      content.add('Contributor', `${project.id} ${one.name}`, project.createdAt, {
        projectId: project.id,
        order,
        ...one,
      }),
    );
  }
  shareProjects(content);
  const led: [project: Row<'Project'>, publication: Row<'Publication'>][] = [
    [projects.vista, publications.vista],
    [projects.track, publications.track],
    [projects.ripple, publications.track],
    [projects.ripple, publications.inPress],
    [projects.naming, publications.naming],
    [projects.interneurons, publications.interneurons],
  ];
  for (const [{ id }, publication] of led)
    content.link('project_publication', { projectId: id, publicationId: publication.id });
}

function shareProjects(content: Content): void {
  share(content, 'projectId', projects.vista, {
    owner: mara,
    grants: [
      { to: tomasz, role: 'CONTRIBUTOR' },
      { to: priya, role: 'MEMBER' },
      { to: luca, role: 'CONTRIBUTOR', pending: true },
      { to: groups.stewards, role: 'MANAGER' },
    ],
    history: histories.vista,
  });
  share(content, 'projectId', projects.track, {
    owner: chidi,
    grants: [{ to: groups.memory, role: 'CONTRIBUTOR' }],
    history: histories.track,
  });
  share(content, 'projectId', projects.ripple, {
    owner: elena,
    grants: [
      { to: chidi, role: 'OWNER' },
      { to: samuel, role: 'CONTRIBUTOR' },
      { to: luca, role: 'MEMBER', pending: true },
    ],
  });
  share(content, 'projectId', projects.barrel, {
    owner: mara,
    grants: [{ to: priya, role: 'MANAGER' }],
    history: histories.barrel,
  });
  share(content, 'projectId', projects.reversal, {
    owner: tomasz,
    grants: [
      { to: mara, role: 'OWNER' },
      { to: groups.cortex, role: 'MEMBER' },
      { to: wei, role: 'CONTRIBUTOR', pending: true },
    ],
    history: histories.reversal,
  });
  share(content, 'projectId', projects.naming, {
    owner: ana,
    grants: [{ to: groups.intracranial, role: 'MANAGER' }],
    history: histories.naming,
  });
  share(content, 'projectId', projects.responsive, {
    owner: henrik,
    grants: [
      { to: ana, role: 'MEMBER' },
      { to: groups.synapse, role: 'MEMBER', pending: true },
    ],
  });
  share(content, 'projectId', projects.interneurons, {
    owner: kenji,
    grants: [{ to: groups.synapse, role: 'CONTRIBUTOR' }],
    history: histories.interneurons,
  });
  share(content, 'projectId', projects.septum, { owner: elena, grants: [{ to: groups.memory, role: 'CONTRIBUTOR' }] });
  share(content, 'projectId', projects.arousal, {
    owner: mara,
    grants: [{ to: groups.cortex, role: 'CONTRIBUTOR' }],
    history: histories.arousal,
  });
  share(content, 'projectId', projects.larva, { owner: kenji, history: histories.larva });
  share(content, 'projectId', projects.exchange, { owner: kenji, grants: [{ to: aiko, role: 'MEMBER' }] });
}
