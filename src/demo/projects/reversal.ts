import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, addSubject, type DemoSubject } from '../experiments';
import { training, weighing } from '../logs';
import { chance, daysAfter } from '../source';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';

const project = projects.reversal;
const mice = ['DA-L1', 'DA-L2', 'DA-R1', 'DA-R2', 'DA-R3'];
const firstDay = '2022-09-05';

/** Was public for two weeks; nothing of it is visible any more. */
export function addReversal(content: Content): void {
  const sessions: string[] = [];
  const subjects = mice.map((name, index) => {
    const subject = addMouse(content, name, daysAfter(firstDay, 10 * index));
    for (let day = 0; day < 8; day++)
      sessions.push(addTask(content, subject, daysAfter(firstDay, 10 * index + day), index));
    return subject;
  });
  addCollection(content, project, '2023-01-09T09:00:00.000Z', { name: 'All reversals' }, sessions);
  addCohort(content, project, '2023-01-09T09:10:00.000Z', { name: 'Left implants' }, subjects.slice(0, 2));
  addCohort(content, project, '2023-01-09T09:20:00.000Z', { name: 'Right implants' }, subjects.slice(2));
}

function addMouse(content: Content, name: string, day: string): DemoSubject {
  const side = name.includes('L') ? -1 : 1;
  const at = (offset: number, time: string): string => `${daysAfter(day, offset)}T${time}:00.000Z`;
  const target = {
    brainRegionId: regions.accumbens.id,
    coordinateSystem: 'Stereotaxic_BregmaAbsolute',
    coordinates: {
      apCoordinate: quantity(1.2, 'mm'),
      mlCoordinate: quantity(side * 1.1, 'mm'),
      dvCoordinate: quantity(3.9, 'mm'),
    },
  };
  return addSubject(content, {
    recordedAt: at(-60, '09:00'),
    projects: [project],
    columns: {
      name,
      speciesId: species.mouse.id,
      strainId: strains.datCre.id,
      sex: 'MALE',
      status: 'UNKNOWN',
      birthDate: daysAfter(day, -120),
      geneticLine: 'DAT-IRES-Cre',
    },
    procedures: [
      {
        as: 'virus',
        type: 'VirusInjection',
        dateTime: at(-35, '10:00'),
        consumableStockId: stocks.dopamine.id,
        ...target,
        details: { injectionVolume: quantity(500, 'nL'), titer: quantity(8.5e12, 'vg/mL') },
      },
      {
        as: 'fiber',
        type: 'OpticFiberImplant',
        dateTime: at(-35, '10:30'),
        consumableStockId: stocks.fibers.id,
        ...target,
        details: { fiberId: 'F-118', fiberTipShape: 'Flat', sterilizationMethod: 'Alcohol' },
      },
      {
        as: 'pain relief',
        type: 'Injection',
        dateTime: at(-35, '09:45'),
        consumableStockId: stocks.meloxicam.id,
        details: { injectionMethod: 'Subcutaneous (SC)', injectionVolume: quantity(0.1, 'mL') },
      },
    ],
    logs: [
      weighing(name, daysAfter(day, -35), 6, 26, 'Jonas Feldmann'),
      training(name, daysAfter(day, -10), 6, 'Probabilistic reversal', 'Jonas Feldmann'),
      {
        type: 'WaterDeprivation',
        entries: [
          {
            startedAt: at(-12, '08:00'),
            endedAt: at(8, '18:00'),
            details: { responsiblePerson: 'Tomasz Wieczorek', protocol: 'At least 1 mL a day' },
          },
        ],
      },
    ],
  });
}

function addTask(content: Content, subject: DemoSubject, day: string, index: number): string {
  const { around } = chance(`reversal ${subject.name} ${day}`);
  return addSession(content, {
    projects: [project],
    subjects: [subject],
    columns: {
      name: `${subject.name} ${day}`,
      startedAt: `${day}T0${7 + (index % 3)}:30:00.000Z`,
      extraFields: { reversals: around(9, 1.5) },
    },
    storages: [storages.labDisks],
    behaviors: [{ paradigm: paradigms.reversal, setup: setups.operantBox }],
    acquisitions: [
      {
        type: 'FiberPhotometry',
        details: {
          excitationWavelength: quantity(470, 'nm'),
          laserPower: quantity(30, 'µW'),
          frameRate: quantity(130, 'Hz'),
          nFrames: 351_000,
          format: 'HDF5',
        },
        procedures: [subject.procedures['virus']!, subject.procedures['fiber']!],
        equipment: [equipment.boxPhotometer.id],
      },
      {
        type: 'GeneralTimeSeries',
        details: { nChannels: 4, sr: quantity(1, 'kHz'), channelTags: ['left', 'right', 'centre', 'valve'] },
        equipment: [equipment.boxPorts.id, equipment.boxController.id],
      },
    ],
  });
}
