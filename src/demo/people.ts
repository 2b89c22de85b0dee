import type { Row } from './columns';
import type { Content } from './content';
import { define } from './define';
import { invitedBy } from './sharing';
import { minutesAfter } from './source';

/**
 * An ORCID iD with the right check digit (ISO 7064 MOD 11-2), in a range of which none has been given out: these people
 * do not exist.
 */
function orcid(serial: number): string {
  const digits = `00099900${String(serial).padStart(7, '0')}`;
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const check = (12 - (total % 11)) % 11;
  const whole = `${digits}${check === 10 ? 'X' : check}`;
  return whole.match(/.{4}/g)!.join('-');
}

export const users = define('User', '2018-09-03T08:00:00.000Z', {
  ingrid: { name: 'Ingrid Solheim', email: 'ingrid.solheim@stemgraph.example', isAdministrator: true },
  mara: {
    name: 'Mara Lindqvist',
    orcid: orcid(214),
    website: 'https://lindqvist-lab.example/people/mara',
    email: 'mara.lindqvist@nordhavn.example',
  },
  tomasz: { name: 'Tomasz Wieczorek', orcid: orcid(301), email: 'tomasz.wieczorek@nordhavn.example' },
  priya: { name: 'Priya Raghunathan', orcid: orcid(355), email: 'priya.raghunathan@nordhavn.example' },
  jonas: { name: 'Jonas Feldmann', email: 'jonas.feldmann@nordhavn.example' },
  chidi: {
    name: 'Chidi Okafor',
    orcid: orcid(118),
    website: 'https://memory-navigation.example/okafor',
    email: 'c.okafor@westmere.example',
  },
  elena: { name: 'Elena Marchetti', orcid: orcid(472), email: 'e.marchetti@westmere.example' },
  samuel: { name: 'Samuel Adeyemi', orcid: orcid(510), email: 's.adeyemi@westmere.example' },
  hana: { name: 'Hana Kovářová', orcid: orcid(533), email: 'h.kovarova@westmere.example' },
  ana: {
    name: 'Ana Ruiz Castell',
    orcid: orcid(97),
    website: 'https://intracranial.example',
    email: 'ana.ruiz@santaclara.example',
  },
  henrik: { name: 'Henrik Vosmaer', orcid: orcid(140), email: 'henrik.vosmaer@santaclara.example' },
  lucia: { name: 'Lucía Ferrándiz', orcid: orcid(388), email: 'lucia.ferrandiz@santaclara.example' },
  kenji: { name: 'Kenji Tanabe', orcid: orcid(163), email: 'tanabe@kitahama.example' },
  aiko: { name: 'Aiko Morishita', orcid: orcid(604), email: 'morishita@kitahama.example' },
  luca: { name: 'Luca Bernasconi', orcid: orcid(617), email: 'luca.bernasconi@kitahama.example' },
  wei: { name: 'Wei-Lin Chou', orcid: orcid(629), email: 'wl.chou@nordhavn.example' },
  noor: { name: 'Noor Haddad', orcid: orcid(701), email: 'noor.haddad@elsewhere.example' },
});

export const groups = define('Group', '2018-10-01T08:00:00.000Z', {
  cortex: { name: 'Lindqvist Lab' },
  memory: { name: 'Memory and Navigation Lab' },
  intracranial: { name: 'Intracranial Recording Group' },
  synapse: { name: 'Tanabe Lab' },
  stewards: { name: 'Data stewards' },
});

/** Administrators approve laboratories. */
const approved = { isApproved: true };

const laboratories = define('Laboratory', '2018-10-02T08:00:00.000Z', {
  cortex: {
    groupId: groups.cortex.id,
    name: 'Laboratory of Cortical Circuits',
    institution: 'Nordhavn Institute of Neuroscience',
    department: 'Systems Neuroscience',
    city: 'Copenhagen',
    country: 'Denmark',
    website: 'https://lindqvist-lab.example',
    ...approved,
    proposedById: users.mara.id,
  },
  memory: {
    groupId: groups.memory.id,
    name: 'Memory and Navigation Laboratory',
    institution: 'University of Westmere',
    department: 'Physiology and Behaviour',
    city: 'Westmere',
    country: 'United Kingdom',
    website: 'https://memory-navigation.example',
    ...approved,
  },
  intracranial: {
    groupId: groups.intracranial.id,
    name: 'Human Intracranial Electrophysiology',
    institution: 'Hospital Universitario Santa Clara del Mar',
    department: 'Epilepsy Unit',
    city: 'Valencia',
    country: 'Spain',
    website: 'https://intracranial.example',
    ...approved,
  },
  synapse: {
    groupId: groups.synapse.id,
    name: 'Laboratory for Synaptic Integration',
    institution: 'Kitahama Institute of Science',
    department: 'Cellular Neuroscience',
    city: 'Kobe',
    country: 'Japan',
    website: 'https://tanabe-lab.example',
    ...approved,
  },
  aquarium: {
    name: 'Zebrafish Imaging Facility',
    institution: 'Kitahama Institute of Science',
    country: 'Japan',
    ...approved,
  },
});

/** Who leads a laboratory, and has accepted to be named. */
const leaders: [laboratory: Row<'Laboratory'>, leader: Row<'User'>][] = [
  [laboratories.cortex, users.mara],
  [laboratories.memory, users.chidi],
  [laboratories.intracranial, users.ana],
  [laboratories.intracranial, users.henrik],
  [laboratories.synapse, users.kenji],
  [laboratories.aquarium, users.kenji],
];

type Belonging = [
  group: Row<'Group'>,
  user: Row<'User'>,
  role: 'OWNER' | 'MANAGER' | 'MEMBER',
  invitedBy?: Row<'User'>,
];

const belongings: Belonging[] = [
  [groups.cortex, users.mara, 'OWNER'],
  [groups.cortex, users.tomasz, 'MANAGER'],
  [groups.cortex, users.priya, 'MEMBER'],
  [groups.cortex, users.jonas, 'MEMBER'],
  [groups.cortex, users.wei, 'MEMBER', users.mara],
  [groups.memory, users.chidi, 'OWNER'],
  [groups.memory, users.elena, 'MANAGER'],
  [groups.memory, users.samuel, 'MEMBER'],
  [groups.memory, users.hana, 'MEMBER'],
  [groups.intracranial, users.ana, 'OWNER'],
  [groups.intracranial, users.henrik, 'OWNER'],
  [groups.intracranial, users.lucia, 'MEMBER'],
  [groups.synapse, users.kenji, 'OWNER'],
  [groups.synapse, users.aiko, 'MANAGER'],
  [groups.synapse, users.luca, 'MEMBER', users.kenji],
  [groups.stewards, users.hana, 'OWNER'],
  [groups.stewards, users.samuel, 'MEMBER'],
];

/** People, the groups that they belong to, and the laboratories that they lead. */
export function addPeople(content: Content): void {
  content.addAll('User', users);
  content.addAll('Group', groups);
  for (const [group, user, role, inviter] of belongings) {
    const offeredAt = minutesAfter(group.createdAt, 30);
    content.add('GroupMembership', `${group.id} ${user.id}`, offeredAt, {
      groupId: group.id,
      userId: user.id,
      role,
      ...(inviter ? invitedBy(inviter) : { acceptedAt: offeredAt }),
    });
  }
  content.addAll('Laboratory', laboratories);
  for (const [laboratory, { id }] of leaders)
    content.link('laboratory_principal_investigator', { laboratoryId: laboratory.id, userId: id });
  // Has not answered yet.
  content.link('laboratory_invited_investigator', { laboratoryId: laboratories.cortex.id, userId: users.tomasz.id });
}
