import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Row } from '../columns';
import type { Content } from '../content';
import { quantity } from '../define';
import {
  addCohort,
  addCollection,
  addSession,
  addSubject,
  type AcquisitionPlan,
  type DemoSubject,
  type ProcedurePlan,
  type SessionPlan,
} from '../experiments';
import { tetrodeTurns, waterIntake, weighing } from '../logs';
import { chance, daysAfter } from '../source';
import { suppliers } from '../vocabulary/resources';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';
import { addTrackBreedings } from './track-breedings';

interface Rat {
  name: string;
  sex: 'FEMALE' | 'MALE';
  born: string;
  implanted: string;
  projects: readonly Row<'Project'>[];
  /** The first of its sessions that are in both projects; they stay in both from there on. */
  sharedFrom?: number;
}

const { track, ripple } = projects;
const sessionsPerRat = 10;

const rats: Rat[] = [
  { name: 'RT01', sex: 'MALE', born: '2019-05-20', implanted: '2019-09-16', projects: [track] },
  { name: 'RT02', sex: 'MALE', born: '2019-08-12', implanted: '2019-12-02', projects: [track] },
  { name: 'RT03', sex: 'FEMALE', born: '2019-11-04', implanted: '2020-02-24', projects: [track] },
  { name: 'RT04', sex: 'MALE', born: '2020-06-15', implanted: '2020-10-05', projects: [track] },
  { name: 'RT05', sex: 'MALE', born: '2020-10-19', implanted: '2021-02-15', projects: [track, ripple], sharedFrom: 4 },
  {
    name: 'RT06',
    sex: 'FEMALE',
    born: '2020-12-07',
    implanted: '2021-04-12',
    projects: [track, ripple],
    sharedFrom: 4,
  },
];

/** Rats that are in the private project alone. */
const hiddenRats: Rat[] = [
  { name: 'RR01', sex: 'MALE', born: '2021-02-22', implanted: '2021-06-14', projects: [ripple] },
  { name: 'RR02', sex: 'MALE', born: '2021-04-05', implanted: '2021-08-02', projects: [ripple] },
  { name: 'RR03', sex: 'FEMALE', born: '2021-05-24', implanted: '2021-09-20', projects: [ripple] },
];

/** A public and a private project that share rats and sessions. */
export function addTrackAndRipple(content: Content): void {
  const recorded: Record<'open' | 'shared' | 'hidden', string[]> = { open: [], shared: [], hidden: [] };
  const subjects = rats.map((rat) => {
    const subject = addRat(content, rat);
    for (let index = 0; index < sessionsPerRat; index++) {
      const both = index >= (rat.sharedFrom ?? sessionsPerRat);
      const day = daysAfter(rat.implanted, 28 + 2 * index);
      recorded[both ? 'shared' : 'open'].push(
        addSession(content, runningSession(subject, day, both ? [track, ripple] : [track], index)),
      );
    }
    return subject;
  });
  const hidden = hiddenRats.map((rat) => {
    const subject = addRat(content, rat);
    for (let index = 0; index < 8; index++)
      recorded.hidden.push(addSession(content, disruptedSession(subject, daysAfter(rat.implanted, 28 + 2 * index))));
    return subject;
  });
  const observed = addSession(content, observedSession(subjects[5]!, hidden[0]!));
  addCollection(
    content,
    track,
    '2020-04-01T09:00:00.000Z',
    { name: 'Full track, then short', description: 'Every session with at least 40 laps.', tags: ['main result'] },
    [...recorded.open, ...recorded.shared, observed],
  );
  addCollection(
    content,
    ripple,
    '2021-06-01T09:00:00.000Z',
    { name: 'Baselines', description: 'Sessions without disruption, taken from the track project.' },
    recorded.shared,
  );
  addCollection(content, ripple, '2021-11-01T09:00:00.000Z', { name: 'Disrupted rest' }, recorded.hidden);
  addCohort(content, track, '2021-05-01T09:00:00.000Z', { name: 'Tetrode rats', tags: ['CA1'] }, subjects);
  addCohort(content, ripple, '2021-10-01T09:00:00.000Z', { name: 'Stimulated' }, hidden);
  addCohort(content, ripple, '2021-10-01T09:10:00.000Z', { name: 'Controls' }, subjects.slice(4));
  addTrackBreedings(content, subjects, hidden);
}

function addRat(content: Content, { name, sex, born, implanted, projects: its }: Rat): DemoSubject {
  const at = (offset: number, time: string): string => `${daysAfter(implanted, offset)}T${time}:00.000Z`;
  const stimulated: ProcedurePlan = {
    as: 'stimulating wire',
    type: 'SingleWireElectrodeImplant',
    dateTime: at(0, '13:30'),
    brainRegionId: regions.commissure.id,
    details: { wireCount: 2, wireMaterial: 'Stainless steel', wireDiameter: quantity(50, 'µm') },
  };
  return addSubject(content, {
    recordedAt: at(-14, '09:00'),
    projects: its,
    columns: {
      name,
      speciesId: species.rat.id,
      strainId: name === 'RT04' || !its.includes(track) ? strains.housePvCre.id : strains.longEvans.id,
      sex,
      status: name === 'RR03' ? 'INACTIVE' : name === 'RT06' ? 'TRANSFERRED' : 'DECEASED',
      birthDate: born,
      deathDate: name === 'RR03' || name === 'RT06' ? null : daysAfter(implanted, 70),
      age: 'P4M',
      identifier: `W-${name}`,
      supplierId: suppliers.castlegate.id,
      description: name === 'RT06' ? 'Given to Nordhavn after the last session.' : null,
      tags: ['food restricted'],
    },
    procedures: [
      {
        as: 'drive',
        type: 'TetrodeWireElectrodeImplant',
        dateTime: at(0, '10:00'),
        consumableStockId: stocks.tetrodeWire.id,
        brainRegionId: regions.ratCa1.id,
        coordinateSystem: 'Stereotaxic_BregmaAbsolute',
        coordinates: {
          apCoordinate: quantity(-3.8, 'mm'),
          mlCoordinate: quantity(2.4, 'mm'),
          dvCoordinate: quantity(1.2, 'mm'),
          mlAngle: quantity(0, '°'),
        },
        details: {
          tetrodeCount: 8,
          nWiresTetrode: 4,
          wireMaterial: 'Nichrome',
          wireDiameter: quantity(12.7, 'µm'),
          sterilizationMethod: 'Ethylene Oxide',
        },
        equipment: [equipment.memoryFrame.id, equipment.memoryHeater.id],
        logs: [tetrodeTurns(name, daysAfter(implanted, 5), 10, 'Elena Marchetti')],
      },
      {
        as: 'analgesia',
        type: 'Injection',
        dateTime: at(0, '09:40'),
        consumableStockId: stocks.meloxicam.id,
        details: { injectionMethod: 'Subcutaneous (SC)', injectionVolume: quantity(0.2, 'mL') },
      },
      ...(its.includes(ripple) ? [stimulated] : []),
    ],
    logs: [
      weighing(name, implanted, 8, sex === 'MALE' ? 410 : 285, 'Hana Kovářová'),
      ...(name === 'RT01' ? [waterIntake(name, daysAfter(implanted, 20), 10, 'Hana Kovářová')] : []),
    ],
  });
}

const epochs: NonNullable<SessionPlan['epochs']> = [
  ['rest before', 0, 1800],
  ['full track', 1860, 3360],
  ['short track', 3420, 4620],
  ['rest after', 4680, 6480],
];

function tetrodes(subjects: readonly DemoSubject[], name: string, storage: Row<'DataStorage'>): AcquisitionPlan {
  return {
    type: 'ExtracellularEphys',
    details: {
      nChannels: 32 * subjects.length,
      sr: quantity(30, 'kHz'),
      lsb: quantity(0.195, 'µV'),
      nSamples: 6480 * 30_000,
      type: 'int16',
      format: 'Flat binary',
    },
    procedures: subjects.map(({ procedures }) => procedures['drive']!),
    equipment: [equipment.trackAmplifier.id],
    file: {
      name: `${name}.dat`,
      url: `https://hippocampus.westmere.example/data/${name}.dat`,
      bytes: 6480 * 30_000 * 32 * subjects.length * 2,
      storage,
    },
  };
}

const tracking: AcquisitionPlan = {
  type: 'BehavioralTracking',
  details: { format: 'CSV', frameRate: quantity(50, 'Hz'), horizontalResolution: 1280, verticalResolution: 200 },
  equipment: [equipment.trackCamera.id, equipment.trackLamps.id],
};

/** Runs on the track; the rests before and after take place in a box that is not public. */
function runningSession(subject: DemoSubject, day: string, its: readonly Row<'Project'>[], index: number): SessionPlan {
  const { between } = chance(`track ${subject.name} ${day}`);
  const name = `${subject.name}_${day.replaceAll('-', '')}`;
  return {
    projects: its,
    subjects: [subject],
    columns: {
      name,
      startedAt: `${day}T13:${String(between(10, 50))}:00.000Z`,
      description: index === 0 ? 'First day on the short track.' : null,
      extraFields: { laps: between(40, 68) },
    },
    storages: [storages.hippocampus],
    epochs,
    behaviors: [
      { epoch: 'rest before', paradigm: paradigms.rest, setup: setups.restBox },
      { epoch: 'full track', paradigm: paradigms.shuttle, setup: setups.track },
      { epoch: 'short track', paradigm: paradigms.shuttle, setup: setups.track, notes: 'Middle metre closed.' },
      { epoch: 'rest after', paradigm: paradigms.rest, setup: setups.restBox },
    ],
    acquisitions: [tetrodes([subject], name, storages.hippocampus), { ...tracking, epoch: 'full track' }],
  };
}

/** Rest with disruption of ripples; only the private project has these. */
function disruptedSession(subject: DemoSubject, day: string): SessionPlan {
  const name = `${subject.name}_${day.replaceAll('-', '')}`;
  const { around } = chance(`ripple ${name}`);
  return {
    projects: [ripple],
    subjects: [subject],
    columns: { name, startedAt: `${day}T14:00:00.000Z`, tags: ['disruption'] },
    storages: [storages.hippocampus],
    epochs: [
      ['learning', 0, 1500],
      ['disrupted rest', 1560, 5160],
    ],
    behaviors: [
      { epoch: 'learning', paradigm: paradigms.shuttle, setup: setups.track },
      { epoch: 'disrupted rest', paradigm: paradigms.rest, setup: setups.restBox },
    ],
    acquisitions: [tetrodes([subject], name, storages.hippocampus)],
    manipulations: [
      {
        type: 'ElectricalStimulation',
        epoch: 'disrupted rest',
        details: {
          amplitude: quantity(around(4.2, 0.3, 1), 'V'),
          duration: quantity(200, 'µs'),
          profile: 'Biphasic',
          repetitions: around(640, 60),
          closedLoop: true,
        },
        procedures: [subject.procedures['stimulating wire']!],
        equipment: [equipment.restStimulator.id],
      },
    ],
  };
}

/**
 * In the public project, but with a rat that only the private one has: it is missing for the public, and so are its
 * implant and the camera of the private box.
 */
function observedSession(runner: DemoSubject, observer: DemoSubject): SessionPlan {
  const name = `${runner.name}_observed_20210712`;
  return {
    projects: [track],
    subjects: [runner, observer],
    columns: {
      name,
      startedAt: '2021-07-12T13:20:00.000Z',
      description: 'Another rat watched from the end of the track.',
    },
    storages: [storages.hippocampus],
    behaviors: [{ paradigm: paradigms.shuttle, setup: setups.track, subjects: [runner, observer] }],
    acquisitions: [
      { ...tetrodes([runner, observer], name, storages.hippocampus), notes: 'Both rats on one acquisition system.' },
      { ...tracking, equipment: [equipment.trackCamera.id, equipment.restCamera.id] },
    ],
  };
}
