import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, addSubject, type DemoSubject } from '../experiments';
import { training, waterIntake, weighing } from '../logs';
import { chance, daysAfter } from '../source';
import { suppliers } from '../vocabulary/resources';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';

const project = projects.barrel;
const sessionsPerMouse = 8;

const mice: [name: string, sex: 'FEMALE' | 'MALE', born: string, imaged: string][] = [
  ['BC1', 'FEMALE', '2021-09-02', '2022-01-10'],
  ['BC2', 'MALE', '2021-09-02', '2022-01-24'],
  ['BC3', 'FEMALE', '2021-12-20', '2022-04-25'],
  ['BC4', 'FEMALE', '2022-03-01', '2022-07-11'],
  ['BC5', 'MALE', '2022-06-14', '2022-10-17'],
  ['BC6', 'MALE', '2022-06-14', '2022-10-31'],
];

/** Public, while the microscope, the task and the raw data are not. */
export function addBarrel(content: Content): void {
  const expert: string[] = [];
  const subjects = mice.map(([name, sex, born, imaged]) => {
    const subject = addMouse(content, name, sex, born, imaged);
    for (let index = 0; index < sessionsPerMouse; index++) {
      const id = addImaging(content, subject, daysAfter(imaged, index), index);
      if (index >= 6) expert.push(id);
    }
    return subject;
  });
  addCollection(
    content,
    project,
    '2022-12-01T09:00:00.000Z',
    { name: 'Expert sessions', tags: ['d-prime > 2'] },
    expert,
  );
  addCohort(content, project, '2022-12-01T09:30:00.000Z', { name: 'All mice' }, subjects);
}

function addMouse(content: Content, name: string, sex: string, birthDate: string, imaged: string): DemoSubject {
  const at = (offset: number, time: string): string => `${daysAfter(imaged, offset)}T${time}:00.000Z`;
  return addSubject(content, {
    recordedAt: at(-40, '09:00'),
    projects: [project],
    columns: {
      name,
      speciesId: species.mouse.id,
      strainId: strains.blackSix.id,
      sex,
      status: name === 'BC6' ? 'ACTIVE' : 'DECEASED',
      birthDate,
      deathDate: name === 'BC6' ? null : daysAfter(imaged, 30),
      genotype: 'wild type',
      supplierId: suppliers.fjordmus.id,
    },
    procedures: [
      {
        as: 'virus',
        type: 'VirusInjection',
        dateTime: at(-28, '10:00'),
        consumableStockId: stocks.calcium.id,
        brainRegionId: regions.barrel.id,
        coordinateSystem: 'CCF_XYZ_Absolute',
        coordinates: { x: quantity(6.6, 'mm'), y: quantity(2.1, 'mm'), z: quantity(8.9, 'mm') },
        details: { injectionVolume: quantity(120, 'nL'), injectionRate: quantity(20, 'nL/min') },
        equipment: [equipment.cortexFrame.id, equipment.cortexInjector.id],
      },
      {
        as: 'window',
        type: 'CranialWindow',
        dateTime: at(-28, '10:40'),
        consumableStockId: stocks.coverGlass.id,
        brainRegionId: regions.barrel.id,
        details: { shape: 'Round', dimensions: '3 mm', surgicalMethod: 'Glued with cyanoacrylate' },
        equipment: [equipment.cortexFrame.id, equipment.cortexDrill.id],
      },
      {
        as: 'fixation',
        type: 'HeadFixation',
        dateTime: at(-10, '09:00'),
        details: { fixationMethod: ['Head post'], alignment: 'Level' },
      },
      ...(name === 'BC1'
        ? [
            {
              as: 'extraction',
              type: 'BrainExtraction',
              dateTime: at(30, '12:00'),
              details: {
                extractionMethod: 'Complete removal',
                preservationMethod: 'Paraformaldehyde fixation',
                brainWeight: quantity(0.44, 'g'),
              },
            },
            {
              as: 'clearing',
              type: 'TissueClearing',
              dateTime: at(34, '12:00'),
              details: { clearingMethod: 'iDISCO+', imagingCompatible: true, clearingDuration: quantity(6, 'days') },
            },
          ]
        : []),
    ],
    logs: [
      weighing(name, daysAfter(imaged, -28), 6, sex === 'MALE' ? 25 : 21, 'Jonas Feldmann'),
      waterIntake(name, daysAfter(imaged, -7), 14, 'Jonas Feldmann'),
      training(name, daysAfter(imaged, -7), 7, 'Whisker detection', 'Priya Raghunathan'),
    ],
  });
}

function addImaging(content: Content, subject: DemoSubject, day: string, index: number): string {
  const { around, between } = chance(`barrel ${subject.name} ${day}`);
  const folder = `${subject.name.toLowerCase()}_${day}`;
  return addSession(content, {
    projects: [project],
    subjects: [subject],
    columns: {
      name: `${subject.name} imaging ${index + 1}`,
      nameUsedInStorage: folder,
      startedAt: `${day}T10:${between(10, 59)}:00.000Z`,
      extraFields: { hitRate: around(0.55 + 0.04 * index, 0.03, 2), layer: 'L1' },
    },
    storages: [storages.labDisks],
    epochs: [
      ['baseline', 0, 300],
      ['task', 300, 2700],
    ],
    behaviors: [{ epoch: 'task', paradigm: paradigms.whisker, setup: setups.twoPhoton }],
    acquisitions: [
      {
        type: 'TwoPhotonMicroscopy',
        details: {
          excitationWavelength: quantity(920, 'nm'),
          laserPower: quantity(around(38, 4), 'mW'),
          frameRate: quantity(30, 'Hz'),
          nFrames: 81_000,
          horizontalResolution: 512,
          verticalResolution: 512,
          imagingDepth: quantity(around(70, 10), 'µm'),
          format: 'TIFF',
        },
        procedures: [subject.procedures['virus']!, subject.procedures['window']!],
        equipment: [equipment.scope.id, equipment.scopeLaser.id],
        file: {
          name: `${folder}/imaging.tif`,
          url: `https://files.nordhavn.example/lindqvist/${folder}/imaging.tif`,
          bytes: 81_000 * 512 * 512 * 2,
          storage: storages.labDisks,
        },
      },
    ],
    manipulations: [
      {
        type: 'TactileStimulation',
        epoch: 'task',
        details: {
          contactType: 'Mechanical (vibration)',
          profile: 'Single pulse',
          site: 'Whisker C2',
          duration: quantity(10, 'ms'),
          repetitions: 220,
        },
        equipment: [equipment.whiskerPiezo.id],
      },
    ],
  });
}
