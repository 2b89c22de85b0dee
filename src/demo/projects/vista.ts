import { equipment } from '../attributes/equipment';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, type DemoSubject, type SessionPlan } from '../experiments';
import { chance, daysAfter } from '../source';
import { projects } from './projects';
import { addMouse, mice, type Mouse } from './vista-mice';

const recordingDays = 9;

/** The flagship: public, but with one rig, one storage and one inventory that are not. */
export function addVista(content: Content): void {
  const project = projects.vista;
  const recordings: Record<'A' | 'B', string[]> = { A: [], B: [] };
  const habituations: string[] = [];
  const subjects = mice.map((mouse) => {
    const subject = addMouse(content, mouse);
    const [, , , firstRecording, rig] = mouse;
    habituations.push(addSession(content, habituationOf(subject, mouse)));
    for (let day = 0; day < recordingDays; day++)
      recordings[rig].push(addSession(content, recordingOf(subject, rig, daysAfter(firstRecording, day), day)));
    return subject;
  });
  const tag = ['rig'];
  addCollection(
    content,
    project,
    '2021-03-08T20:00:00.000Z',
    { name: 'Recordings in rig A', description: 'Two probes, all stimuli.', tags: tag },
    recordings.A,
  );
  addCollection(content, project, '2021-12-06T20:00:00.000Z', { name: 'Recordings in rig B', tags: tag }, recordings.B);
  addCollection(content, project, '2022-07-04T20:00:00.000Z', { name: 'Habituation' }, habituations);
  addCollection(
    content,
    project,
    '2022-11-01T09:00:00.000Z',
    { name: 'Figure 3', description: 'The best recording of each mouse, in the order of the panels.' },
    [...recordings.A, ...recordings.B].filter((_, index) => index % recordingDays === 4).reverse(),
  );
  addCollection(
    content,
    project,
    '2022-11-01T09:30:00.000Z',
    { name: 'First and last day' },
    recordings.A.filter((_, index) => index % recordingDays === 0 || index % recordingDays === recordingDays - 1),
  );
  addCohort(
    content,
    project,
    '2021-03-01T09:00:00.000Z',
    { name: 'Year 1', description: 'Recorded in 2021.', tags: ['2021'] },
    subjects.slice(0, 7),
  );
  addCohort(content, project, '2022-01-10T09:00:00.000Z', { name: 'Year 2' }, subjects.slice(7));
}

function habituationOf(subject: DemoSubject, [name, , , firstRecording, rig]: Mouse): SessionPlan {
  const day = daysAfter(firstRecording, -3);
  return {
    projects: [projects.vista],
    subjects: [subject],
    columns: {
      name: `${name} ${day} habituation`,
      nameUsedInStorage: `${name.toLowerCase()}_${day}_hab`,
      startedAt: `${day}T09:00:00.000Z`,
      description: 'The last day of habituation, filmed.',
      tags: ['habituation'],
    },
    storages: [storages.labDisks],
    behaviors: [{ paradigm: paradigms.habituation, setup: rig === 'A' ? setups.rigA : setups.rigB }],
    acquisitions: [
      {
        type: 'VideoTracking',
        details: { format: 'MP4', frameRate: quantity(60, 'Hz'), horizontalResolution: 640, verticalResolution: 480 },
        equipment: [rig === 'A' ? equipment.aEye.id : equipment.bEye.id],
      },
    ],
  };
}

/** One recording day. */
export function recordingOf(subject: DemoSubject, rig: 'A' | 'B', day: string, dayIndex: number): SessionPlan {
  const { between, around } = chance(`VISTA recording ${subject.name} ${day}`);
  const minute = String(between(0, 50)).padStart(2, '0');
  const folder = `${subject.name.toLowerCase()}_${day}`;
  const seconds = 3900 + between(0, 240);
  const open = rig === 'A';
  const storage = open ? storages.archive : storages.labDisks;
  const base = open ? 'https://data.nordhavn.example/open/vista' : 'https://files.nordhavn.example/lindqvist';
  const { aProbes, aLeft, aRight, aScreens, aEye, aLaser, aWheel, bProbes, bScreen, bEye, bLaser } = equipment;
  const probe = (index: number, manipulator: { id: string }): NonNullable<SessionPlan['acquisitions']>[number] => ({
    type: 'ExtracellularEphys',
    details: {
      nChannels: 384,
      nSamples: seconds * 30_000,
      sr: quantity(30, 'kHz'),
      lsb: quantity(2.34, 'µV'),
      type: 'int16',
      format: 'Flat binary',
      electrodeGroups: [`probe ${index}`],
    },
    procedures: [subject.procedures['craniotomy']!, subject.procedures['reference']!],
    // Rig B borrowed the manipulators of rig A, so that recordings there show a part of their equipment.
    equipment: [open ? aProbes.id : bProbes.id, manipulator.id],
    file: {
      name: `${folder}/probe${index}.bin`,
      url: `${base}/${folder}/probe${index}.bin`,
      bytes: seconds * 30_000 * 385 * 2,
      storage,
    },
    ...(index === 1 && dayIndex === 6 && { notes: 'Drifted by 40 µm during the natural scenes.' }),
  });
  return {
    projects: [projects.vista],
    subjects: [subject],
    columns: {
      name: `${subject.name} ${day}`,
      nameUsedInStorage: folder,
      startedAt: `${day}T12:${minute}:00.000Z`,
      description: `Recording day ${dayIndex + 1} of ${recordingDays}.`,
      tags: dayIndex === 0 ? ['first day'] : [],
      extraFields: { depthLeftMicrometers: around(1450, 60), depthRightMicrometers: around(1380, 60) },
      ...(open && { repositoryLinks: [{ repository: 'DANDI', url: `https://archive.example/900117/${folder}` }] }),
    },
    storages: open ? [storages.archive] : [storages.labDisks, storages.archive],
    epochs: [
      ['spontaneous', 0, 600],
      ['gratings', 600, 1800],
      ['natural scenes', 1800, 3600],
      ['optotagging', 3600, seconds],
    ],
    behaviors: [{ paradigm: paradigms.viewing, setup: open ? setups.rigA : setups.rigB }],
    acquisitions: [
      probe(0, aLeft),
      probe(1, aRight),
      {
        type: 'VideoTracking',
        details: { format: 'MP4', frameRate: quantity(60, 'Hz'), nFrames: seconds * 60, compression: 'H.264' },
        equipment: open ? [aEye.id, aWheel.id] : [bEye.id],
        file: { name: 'eye.mp4', url: `https://data.nordhavn.example/eyes/${folder}.mp4`, bytes: seconds * 210_000 },
      },
    ],
    manipulations: [
      {
        type: 'VisualStimulation',
        epoch: 'gratings',
        details: {
          presentationDevice: 'Monitor',
          stimulationPosition: 'Contralateral',
          stimulusTypes: ['Drifting grating'],
          duration: quantity(2, 's'),
          repetitions: 600,
        },
        equipment: [open ? aScreens.id : bScreen.id],
      },
      {
        type: 'VisualStimulation',
        epoch: 'natural scenes',
        details: { presentationDevice: 'Monitor', stimulusTypes: ['Natural scene'], duration: quantity(250, 'ms') },
        equipment: [open ? aScreens.id : bScreen.id],
      },
      {
        type: 'OptogeneticStimulation',
        epoch: 'optotagging',
        details: {
          wavelength: quantity(473, 'nm'),
          power: quantity(around(5, 0.5, 1), 'mW'),
          duration: quantity(5, 'ms'),
          profile: 'Pulse train',
          repetitions: 200,
          closedLoop: false,
        },
        procedures: [subject.procedures['virus']!],
        equipment: [open ? aLaser.id : bLaser.id],
        ...(dayIndex === 2 && { notes: 'Light leaked into the eye; taped for the next day.' }),
      },
    ],
  };
}
