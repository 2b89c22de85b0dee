import { setupTypes } from '../vocabulary/behavior';
import { groups, users } from '../people';
import type { Content } from '../content';
import { define } from '../define';
import { share } from '../sharing';

const spec = (name: string, value: string, unit: string | null = null) => ({ name, value, unit });

export const setups = define('Setup', '2019-02-04T09:00:00.000Z', {
  rigA: {
    name: 'Probe rig A',
    setupTypeId: setupTypes.headFixed.id,
    location: 'Nordhavn, room 3.12',
    description: 'Three screens, a running wheel, up to four silicon probes and an eye camera.',
    specifications: [
      spec('Screen distance', '15', 'cm'),
      spec('Screen refresh', '60', 'Hz'),
      spec('Wheel diameter', '16.5', 'cm'),
      spec('Gamma corrected', 'yes'),
    ],
    image: 'https://nordhavn.example/rigs/rig-a.jpg',
    isPublic: true,
  },
  rigB: {
    name: 'Probe rig B',
    setupTypeId: setupTypes.headFixed.id,
    location: 'Nordhavn, room 3.14',
    description: 'Like rig A, with one curved screen; being rebuilt.',
    specifications: [spec('Screen radius', '18', 'cm')],
    image: 'https://nordhavn.example/rigs/rig-b.jpg',
  },
  cortexSurgery: {
    name: 'Surgery table, Nordhavn',
    setupTypeId: setupTypes.surgery.id,
    location: 'Nordhavn, room 1.02',
    isPublic: true,
  },
  twoPhoton: {
    name: 'Resonant two-photon microscope',
    setupTypeId: setupTypes.headFixed.id,
    location: 'Nordhavn, room 0.07',
    description: 'Shared with two other laboratories.',
    specifications: [spec('Objective', '16×, NA 0.8'), spec('Field of view', '620', 'µm')],
    image: 'https://nordhavn.example/rigs/two-photon.jpg',
  },
  operantBox: {
    name: 'Operant box 3',
    setupTypeId: setupTypes.operantBox.id,
    location: 'Nordhavn, room 2.20',
    description: 'Two side ports and one centre port.',
  },
  track: {
    name: 'Linear track, 2.5 m',
    setupTypeId: setupTypes.linearTrack.id,
    location: 'Westmere, room 214',
    description: 'An elevated track with a reward well at each end; the middle can be closed.',
    specifications: [spec('Length', '250', 'cm'), spec('Width', '8', 'cm'), spec('Height', '80', 'cm')],
    image: 'https://memory-navigation.example/track.jpg',
    isPublic: true,
  },
  restBox: {
    name: 'Rest box beside the track',
    setupTypeId: setupTypes.restBox.id,
    location: 'Westmere, room 214',
  },
  openField: {
    name: 'Open field with laser tether',
    setupTypeId: setupTypes.openField.id,
    location: 'Westmere, room 216',
    specifications: [spec('Diameter', '120', 'cm')],
  },
  memorySurgery: {
    name: 'Surgery table, Westmere',
    setupTypeId: setupTypes.surgery.id,
    location: 'Westmere, room 120',
  },
  bedside: {
    name: 'Monitoring room 4',
    setupTypeId: setupTypes.bedside.id,
    location: 'Epilepsy Unit, second floor',
    description: 'A bed, a screen on an arm, and the clinical amplifier.',
    isPublic: true,
  },
  theatre: {
    name: 'Operating theatre 2',
    setupTypeId: setupTypes.theatre.id,
    location: 'Santa Clara del Mar, main building',
  },
  sliceRig: {
    name: 'Slice rig 1',
    setupTypeId: setupTypes.sliceChamber.id,
    location: 'Kitahama, building C',
    description: 'Upright microscope, two manipulators, heated perfusion.',
    specifications: [spec('Bath temperature', '33', '°C'), spec('Flow', '3', 'mL/min')],
    isPublic: true,
  },
  lightField: {
    name: 'Light-field microscope',
    setupTypeId: setupTypes.embedded.id,
    location: 'Kitahama, Zebrafish Imaging Facility',
    isPublic: true,
  },
  scanner: {
    name: 'Ultrasound and MRI suite',
    setupTypeId: setupTypes.scanner.id,
    location: 'Nordhavn, basement',
    isPublic: true,
  },
});

const published = (day: string) => [`${day}T10:00:00.000Z`];

/** Setups, some public and some not, whatever the projects are that use them. */
export function addSetups(content: Content): void {
  content.addAll('Setup', setups);
  const { mara, tomasz, chidi, elena, ana, henrik, kenji, aiko, luca } = users;
  share(content, 'setupId', setups.rigA, {
    owner: mara,
    grants: [{ to: tomasz, role: 'CONTRIBUTOR' }],
    history: published('2021-01-11'),
  });
  share(content, 'setupId', setups.rigB, {
    owner: mara,
    grants: [
      { to: tomasz, role: 'MANAGER' },
      { to: groups.cortex, role: 'MEMBER' },
    ],
  });
  share(content, 'setupId', setups.cortexSurgery, { owner: tomasz, history: published('2021-01-11') });
  share(content, 'setupId', setups.twoPhoton, { owner: mara, grants: [{ to: groups.cortex, role: 'MEMBER' }] });
  share(content, 'setupId', setups.operantBox, { owner: tomasz });
  share(content, 'setupId', setups.track, {
    owner: chidi,
    grants: [{ to: groups.memory, role: 'CONTRIBUTOR' }],
    history: published('2021-09-20'),
  });
  share(content, 'setupId', setups.restBox, { owner: chidi, grants: [{ to: groups.memory, role: 'CONTRIBUTOR' }] });
  share(content, 'setupId', setups.openField, { owner: elena });
  share(content, 'setupId', setups.memorySurgery, { owner: elena });
  share(content, 'setupId', setups.bedside, { owner: ana, history: published('2023-05-15') });
  share(content, 'setupId', setups.theatre, { owner: henrik });
  share(content, 'setupId', setups.sliceRig, {
    owner: kenji,
    grants: [
      { to: aiko, role: 'CONTRIBUTOR' },
      { to: luca, role: 'MEMBER', pending: true },
    ],
    history: published('2023-10-02'),
  });
  share(content, 'setupId', setups.lightField, { owner: kenji, history: published('2024-01-15') });
  // Published, revoked when the room was rebuilt, and published again.
  share(content, 'setupId', setups.scanner, {
    owner: mara,
    history: ['2022-03-01T10:00:00.000Z', '2023-02-14T15:30:00.000Z', '2023-09-01T08:00:00.000Z'],
  });
}
