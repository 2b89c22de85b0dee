import { equipment } from '../attributes/equipment';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Content } from '../content';
import { quantity } from '../define';
import {
  addCohort,
  addCollection,
  addSession,
  addSubject,
  type AcquisitionPlan,
  type DemoSubject,
  type ManipulationPlan,
} from '../experiments';
import { weighing } from '../logs';
import { daysAfter } from '../source';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';

const project = projects.arousal;
const firstDay = '2021-05-10';

/** Public, revoked after three months, and public again since 2023. */
export function addArousal(content: Content): void {
  const sessions: string[] = [];
  const subjects = Array.from({ length: 8 }, (_, index) => {
    const day = daysAfter(firstDay, 14 * index);
    const subject = addAnimal(content, index, day);
    for (const [offset, kind] of [...kinds.entries()])
      sessions.push(addScan(content, subject, daysAfter(day, offset + 1), kind));
    return subject;
  });
  addCollection(content, project, '2021-12-06T09:00:00.000Z', { name: 'Anesthetized' }, sessions);
  addCohort(content, project, '2021-12-06T09:10:00.000Z', { name: 'Mice' }, subjects.slice(0, 5));
  addCohort(content, project, '2021-12-06T09:20:00.000Z', { name: 'Rats' }, subjects.slice(5));
}

function addAnimal(content: Content, index: number, day: string): DemoSubject {
  const isMouse = index < 5;
  const name = `${isMouse ? 'AM' : 'AR'}${index + 1}`;
  const at = (offset: number, time: string): string => `${daysAfter(day, offset)}T${time}:00.000Z`;
  return addSubject(content, {
    recordedAt: at(-20, '08:00'),
    projects: [project],
    columns: {
      name,
      speciesId: isMouse ? species.mouse.id : species.rat.id,
      strainId: isMouse ? strains.blackSix.id : strains.listerHooded.id,
      sex: index % 2 === 0 ? 'MALE' : 'FEMALE',
      status: 'DECEASED',
      age: 'P3M',
    },
    procedures: [
      {
        as: 'electrodes',
        type: 'EegImplant',
        dateTime: at(-14, '10:00'),
        brainRegionId: isMouse ? regions.cingulate.id : regions.ratCa3.id,
        coordinateSystem: 'Stereotaxic_LambdaBrainSurface',
        coordinates: { apCoordinate: quantity(1, 'mm'), mlCoordinate: quantity(1.5, 'mm'), depth: quantity(0, 'mm') },
        details: {
          electrodeMaterial: 'Carbon',
          electrodeType: 'skull screw',
          anchoringMethod: 'dental cement',
          wireCount: 4,
          referencingScheme: 'single reference',
        },
        equipment: [equipment.cortexFrame.id],
      },
      {
        as: 'window',
        type: 'Craniectomy',
        dateTime: at(-14, '11:00'),
        details: { dimensions: '5 mm × 9 mm', shape: 'Rectangle', fatalOutcome: false },
        equipment: [equipment.cortexFrame.id, equipment.cortexDrill.id],
      },
      {
        as: 'breathing',
        type: 'BreathingSensorImplant',
        dateTime: at(-14, '11:40'),
        details: { sensorType: 'Intranasal thermocouple', anchoringMethod: 'cemented to skull' },
      },
      {
        as: 'muscle',
        type: 'EmgImplant',
        dateTime: at(-14, '11:50'),
        details: { wireCount: 2, implantMethod: 'direct insertion', muscleTargets: 'Neck' },
      },
      {
        as: 'end',
        type: index % 2 === 0 ? 'Co2ChamberEuthanasia' : 'BarbiturateInjection',
        dateTime: at(6, '16:00'),
        details:
          index % 2 === 0
            ? {
                co2Concentration: quantity(70, '%'),
                exposureDuration: quantity(8, 'min'),
                gradualIntroduction: true,
                confirmationOfDeath: ['No heartbeat'],
              }
            : { barbiturate: 'Pentobarbital', route: 'Intraperitoneal (IP)', confirmationOfDeath: ['No heartbeat'] },
      },
    ],
    logs: [
      weighing(name, daysAfter(day, -20), 3, isMouse ? 25 : 330, 'Ellen Brask'),
      {
        type: 'Handling',
        entries: [{ startedAt: at(-18, '09:00'), endedAt: at(-18, '09:15'), details: { handlingMethod: 'Tunnel' } }],
      },
    ],
  });
}

interface Kind {
  name: string;
  acquisitions: AcquisitionPlan[];
  manipulation: ManipulationPlan;
}

const frames = { frameRate: quantity(2.5, 'Hz'), nFrames: 4500 };

const kinds: Kind[] = [
  {
    name: 'ultrasound',
    acquisitions: [
      {
        type: 'FunctionalUltrasoundImaging',
        details: { ...frames, horizontalResolution: 128, verticalResolution: 118, imagingDepth: quantity(12, 'mm') },
        equipment: [equipment.ultrasound.id],
      },
      { type: 'Electroencephalography', details: { nChannels: 4, sr: quantity(1, 'kHz') } },
    ],
    manipulation: {
      type: 'PharmacologicalInhalation',
      details: { sedative: 'Isoflurane', concentration: quantity(0.8, '% v/v'), profile: 'Continuous Inhalation' },
      equipment: [equipment.breathing.id],
    },
  },
  {
    name: 'fmri',
    acquisitions: [
      {
        type: 'FunctionalMagneticResonanceImaging',
        details: { ...frames, frameRate: quantity(1, 'Hz') },
        equipment: [equipment.magnet.id],
      },
      {
        type: 'MagneticResonanceImaging',
        details: { magneticFieldStrength: quantity(9.4, 'T'), horizontalResolution: 256, verticalResolution: 256 },
        equipment: [equipment.magnet.id],
      },
    ],
    manipulation: {
      type: 'OdorStimulation',
      details: { odor: 'Isoamyl acetate', concentration: quantity(1, '% v/v'), repetitions: 30 },
    },
  },
  {
    name: 'anatomy',
    acquisitions: [
      { type: 'ComputedTomography', details: { nFrames: 720, format: 'DICOM' } },
      { type: 'OpticalCoherenceTomography', details: { centerWavelength: quantity(1300, 'nm'), averages: 4 } },
    ],
    manipulation: {
      type: 'ThermalPerturbation',
      details: { amplitude: quantity(2, '°C'), duration: quantity(10, 'min'), profile: 'Ramp' },
    },
  },
];

function addScan(content: Content, subject: DemoSubject, day: string, kind: Kind): string {
  const name = `${subject.name} ${kind.name}`;
  return addSession(content, {
    projects: [project],
    subjects: [subject],
    columns: { name, startedAt: `${day}T08:30:00.000Z`, tags: [kind.name] },
    storages: [storages.archive],
    behaviors: [{ setup: setups.scanner, notes: 'Lightly anesthetized.' }],
    acquisitions: kind.acquisitions.map((plan) => ({ ...plan, procedures: [subject.procedures['electrodes']!] })),
    manipulations: [kind.manipulation],
  });
}
