import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, addSubject, type DemoSubject } from '../experiments';
import { impedances, weighing } from '../logs';
import { daysAfter } from '../source';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';

const project = projects.septum;
const firstDay = '2023-02-20';
const mice = ['MS1', 'MS2', 'MS3', 'MS4'];

/** Wholly private: a project, its setup, its task and its virus. */
export function addSeptum(content: Content): void {
  const sessions: string[] = [];
  const subjects = mice.map((name, index) => {
    const day = daysAfter(firstDay, 21 * index);
    const subject = addMouse(content, name, day);
    for (let run = 0; run < 8; run++) sessions.push(addForaging(content, subject, daysAfter(day, 2 * run), run));
    return subject;
  });
  addCollection(content, project, '2023-06-05T09:00:00.000Z', { name: 'Foraging' }, sessions);
  addCohort(content, project, '2023-06-05T09:10:00.000Z', { name: 'Halorhodopsin' }, subjects);
}

function addMouse(content: Content, name: string, day: string): DemoSubject {
  const at = (offset: number, time: string): string => `${daysAfter(day, offset)}T${time}:00.000Z`;
  return addSubject(content, {
    recordedAt: at(-45, '09:00'),
    projects: [project],
    columns: {
      name,
      speciesId: species.mouse.id,
      strainId: strains.pvCre.id,
      sex: 'FEMALE',
      status: 'ACTIVE',
      birthDate: daysAfter(day, -130),
    },
    procedures: [
      {
        as: 'virus',
        type: 'VirusInjection',
        dateTime: at(-30, '10:00'),
        consumableStockId: stocks.halorhodopsin.id,
        brainRegionId: regions.mouseSeptum.id,
        coordinateSystem: 'Stereotaxic_LambdaAbsolute',
        coordinates: { apCoordinate: quantity(4.9, 'mm'), mlCoordinate: quantity(0, 'mm'), mlAngle: quantity(10, '°') },
        details: { injectionVolume: quantity(400, 'nL') },
        equipment: [equipment.memoryFrame.id],
      },
      {
        as: 'fiber',
        type: 'OpticFiberImplant',
        dateTime: at(-30, '10:40'),
        brainRegionId: regions.mouseSeptum.id,
        details: { fiberId: `S-${name}`, sterilizationMethod: 'Alcohol' },
      },
      {
        as: 'probe',
        type: 'SiliconProbeImplant',
        dateTime: at(-30, '11:30'),
        consumableStockId: stocks.chronicProbes.id,
        brainRegionId: regions.mouseCa1.id,
        details: { probeId: `K64-0${31 + mice.indexOf(name)}`, sterilizationMethod: 'Ethylene Oxide' },
        logs: [
          impedances(name, daysAfter(day, -20), 3, 8),
          {
            type: 'LinearDisplacement',
            entries: [5, 8, 11].map((offset) => ({
              startedAt: at(-offset, '17:00'),
              performedBy: 'Samuel Adeyemi',
              details: { displacement: quantity(70, 'µm') },
            })),
          },
        ],
      },
    ],
    logs: [
      weighing(name, daysAfter(day, -30), 5, 20, 'Samuel Adeyemi'),
      {
        type: 'Housing',
        entries: [
          {
            startedAt: at(-45, '09:00'),
            details: { cageId: `W-${name}`, lightCycle: '12 h, reversed', enrichment: 'Wheel, nest' },
          },
        ],
      },
      {
        type: 'GenericObservation',
        entries: [
          {
            startedAt: at(-28, '09:00'),
            details: { observationType: 'Grooming', observation: 'Normal', repetitions: 1 },
          },
        ],
      },
    ],
  });
}

function addForaging(content: Content, subject: DemoSubject, day: string, run: number): string {
  const name = `${subject.name}-${run + 1}`;
  return addSession(content, {
    projects: [project],
    subjects: [subject],
    columns: { name, startedAt: `${day}T15:00:00.000Z` },
    storages: [storages.hippocampus],
    epochs: [
      ['light off', 0, 900],
      ['light on', 900, 1800],
    ],
    behaviors: [{ paradigm: paradigms.foraging, setup: setups.openField }],
    acquisitions: [
      {
        type: 'ExtracellularEphys',
        details: { nChannels: 64, sr: quantity(30, 'kHz'), lsb: quantity(0.195, 'µV') },
        procedures: [subject.procedures['probe']!],
        equipment: [equipment.fieldAmplifier.id],
      },
      { type: 'VideoTracking', details: { frameRate: quantity(30, 'Hz') }, equipment: [equipment.fieldCamera.id] },
    ],
    manipulations: [
      {
        type: 'OptogeneticStimulation',
        epoch: 'light on',
        details: {
          wavelength: quantity(594, 'nm'),
          power: quantity(12, 'mW'),
          duration: quantity(30, 's'),
          profile: 'Square',
        },
        procedures: [subject.procedures['virus']!, subject.procedures['fiber']!],
        equipment: [equipment.fieldLaser.id],
      },
    ],
  });
}
