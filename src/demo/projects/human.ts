import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Row } from '../columns';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, addSubject, type DemoSubject } from '../experiments';
import { chance, daysAfter } from '../source';
import { regions, species } from '../vocabulary/species';
import { projects } from './projects';

const { naming, responsive } = projects;

const regionsInTurn = [regions.temporal, regions.hippocampalFormation, regions.amygdala, regions.frontal];

/** Patients: a public project, and a private pilot in which two of them also take part. */
export function addHuman(content: Content): void {
  const sessions: string[] = [];
  const patients = Array.from({ length: 10 }, (_, index) => {
    const patient = addPatient(content, index, index >= 8 ? [naming, responsive] : [naming]);
    for (let block = 0; block < 3; block++) sessions.push(addTask(content, patient, index, block));
    return patient;
  });
  const piloted = [...patients.slice(8), addPatient(content, 10, [responsive])];
  const pilot = piloted.flatMap((patient, index) => [0, 1, 2].map((run) => addPilot(content, patient, index, run)));
  addCollection(
    content,
    naming,
    '2023-12-01T09:00:00.000Z',
    { name: 'Release 1', description: 'Recordings that passed the check for identifying data.', tags: ['released'] },
    sessions,
  );
  addCollection(content, responsive, '2023-12-04T09:00:00.000Z', { name: 'Pilot runs' }, pilot);
  addCohort(
    content,
    naming,
    '2023-12-01T09:10:00.000Z',
    { name: 'left', description: 'Left implants.' },
    patients.slice(0, 6),
  );
  addCohort(content, naming, '2023-12-01T09:20:00.000Z', { name: 'right' }, patients.slice(6));
  addCohort(content, responsive, '2023-12-04T09:10:00.000Z', { name: 'Pilot' }, piloted);
}

const code = (index: number): string => `sub-${String(index + 1).padStart(2, '0')}`;
const admission = (index: number): string => daysAfter('2022-03-07', 49 * index);

function addPatient(content: Content, index: number, its: readonly Row<'Project'>[]): DemoSubject {
  const { between, onceIn } = chance(`patient ${index}`);
  const name = code(index);
  const implanted = admission(index);
  const channels = between(80, 128);
  return addSubject(content, {
    recordedAt: `${implanted}T15:00:00.000Z`,
    projects: its,
    columns: {
      name,
      speciesId: species.human.id,
      sex: index === 6 ? 'UNKNOWN' : index === 3 ? 'OTHER' : onceIn(2) ? 'FEMALE' : 'MALE',
      age: `P${between(19, 58)}Y`,
      status: 'INACTIVE',
      description: 'Drug-resistant focal epilepsy; electrodes placed for clinical reasons only.',
      tags: ['de-identified'],
      extraFields: { handedness: onceIn(5) ? 'left' : 'right', contacts: channels },
    },
    procedures: [
      {
        as: 'burr hole',
        type: 'BurrHole',
        dateTime: `${implanted}T08:10:00.000Z`,
        details: { diameter: quantity(2.4, 'mm'), purpose: 'Depth electrode', coolingMethod: 'Saline irrigation' },
      },
      {
        as: 'electrodes',
        type: 'GenericImplant',
        dateTime: `${implanted}T08:40:00.000Z`,
        consumableStockId: stocks.depthElectrodes.id,
        brainRegionId: regionsInTurn[index % regionsInTurn.length]!.id,
        details: {
          implantType: 'electrode',
          implantName: 'Depth electrodes',
          signalTransmission: 'tethered',
          powerSource: 'passive',
        },
        equipment: [equipment.theatreAmplifier.id],
        logs: [
          {
            type: 'Impedances',
            description: 'On admission to the ward.',
            entries: [
              {
                startedAt: `${implanted}T18:00:00.000Z`,
                endedAt: `${implanted}T18:10:00.000Z`,
                performedBy: 'Lucía Ferrándiz',
                notes: 'Contact 7 is open.',
                details: { impedances: [4.2, 3.9, 5.1, 4.4, 4.0, 4.8, 98.0, 4.1] },
              },
            ],
          },
        ],
      },
    ],
    logs: [
      {
        type: 'Wellness',
        description: 'Asked each morning on the ward.',
        entries: [1, 2, 3].map((day) => ({
          startedAt: `${daysAfter(implanted, day)}T08:30:00.000Z`,
          details: { wellness: day === 1 ? 'Tired, slight headache' : 'Well' },
        })),
      },
    ],
  });
}

function addTask(content: Content, patient: DemoSubject, index: number, block: number): string {
  const day = daysAfter(admission(index), 3 + block);
  const { between } = chance(`naming ${patient.name} ${block}`);
  const name = `${patient.name}_task-naming_run-${block + 1}`;
  return addSession(content, {
    projects: [naming],
    subjects: [patient],
    columns: { name, startedAt: block === 2 ? null : `${day}T16:${between(10, 50)}:00.000Z`, tags: ['ieeg'] },
    recordedAt: `${day}T20:00:00.000Z`,
    storages: [storages.release, storages.hospital],
    epochs: [
      ['rest', 0, 120],
      ['naming', 120, 720],
      ['reading', 760, null],
    ],
    behaviors: [
      { epoch: 'naming', paradigm: paradigms.naming, setup: setups.bedside },
      ...(block === 2 ? [{ paradigm: paradigms.pairs, setup: setups.bedside, notes: 'Twelve pairs only.' }] : []),
    ],
    acquisitions: [
      {
        type: 'Electroencephalography',
        details: {
          nChannels: between(80, 128),
          sr: quantity(2, 'kHz'),
          lsb: quantity(0.1, 'µV'),
          format: 'BrainVision',
          electrodeGroups: ['A', 'B', 'C'],
        },
        procedures: [patient.procedures['electrodes']!],
        equipment: [equipment.amplifier.id, equipment.theatreAmplifier.id],
        file: {
          name: `${name}.eeg`,
          url: `https://release.intracranial.example/v1/${patient.name}/${name}.eeg`,
          bytes: 2000 * 1400 * 110 * 2,
          storage: storages.release,
        },
      },
      {
        type: 'Audio',
        details: { nChannels: 1, sr: quantity(44.1, 'kHz'), bitDepth: 16, codec: 'FLAC' },
        equipment: [equipment.microphone.id],
        // Voices identify people: the file stays in the hospital.
        file: {
          name: `${name}.flac`,
          url: `https://research.santaclara.example/ieeg/${name}.flac`,
          bytes: 61_000_000,
          storage: storages.hospital,
        },
      },
    ],
    manipulations: [
      {
        type: 'VisualStimulation',
        details: { presentationDevice: 'Monitor', stimulusTypes: ['Picture', 'Word'], duration: quantity(2, 's') },
        equipment: [equipment.screen.id, equipment.computer.id],
      },
    ],
  });
}

function addPilot(content: Content, patient: DemoSubject, index: number, run: number): string {
  const day = daysAfter(admission(8 + index), 6 + run);
  return addSession(content, {
    projects: [responsive],
    subjects: [patient],
    columns: { name: `${patient.name}_pilot_run-${run + 1}`, startedAt: `${day}T11:00:00.000Z` },
    storages: [storages.hospital],
    behaviors: [{ setup: run === 0 ? setups.theatre : setups.bedside }],
    acquisitions: [
      {
        type: 'Electroencephalography',
        details: { nChannels: 64, sr: quantity(2, 'kHz') },
        procedures: [patient.procedures['electrodes']!],
        equipment: [equipment.theatreAmplifier.id],
      },
    ],
    manipulations: [
      {
        type: run === 0 ? 'ElectricalStimulation' : 'DeepBrainStimulation',
        details: {
          amplitude: run === 0 ? quantity(3, 'V') : quantity(1.5, 'mA'),
          duration: quantity(100, 'ms'),
          profile: 'Biphasic',
          closedLoop: run > 0,
        },
        procedures: [patient.procedures['electrodes']!],
        equipment: [equipment.theatreStimulator.id],
      },
    ],
  });
}
