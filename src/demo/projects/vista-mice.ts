import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import type { Content } from '../content';
import { quantity } from '../define';
import { addSubject, type DemoSubject } from '../experiments';
import { habituation, impedances, weighing } from '../logs';
import { chance, daysAfter } from '../source';
import { suppliers } from '../vocabulary/resources';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';

export type Mouse = [name: string, sex: 'FEMALE' | 'MALE', born: string, firstRecording: string, rig: 'A' | 'B'];

export const mice: Mouse[] = [
  ['VS01', 'FEMALE', '2020-11-20', '2021-03-08', 'A'],
  ['VS02', 'MALE', '2020-11-20', '2021-03-29', 'A'],
  ['VS03', 'MALE', '2020-12-30', '2021-05-03', 'A'],
  ['VS04', 'FEMALE', '2021-02-11', '2021-06-07', 'A'],
  ['VS05', 'FEMALE', '2021-04-02', '2021-08-16', 'A'],
  ['VS06', 'MALE', '2021-05-19', '2021-09-27', 'A'],
  ['VS07', 'MALE', '2021-08-08', '2021-12-06', 'B'],
  ['VS08', 'FEMALE', '2021-09-14', '2022-01-17', 'B'],
  ['VS09', 'FEMALE', '2021-10-30', '2022-02-28', 'A'],
  ['VS10', 'MALE', '2021-12-12', '2022-04-11', 'A'],
  ['VS11', 'MALE', '2022-01-27', '2022-05-30', 'B'],
  ['VS12', 'FEMALE', '2022-03-05', '2022-07-04', 'A'],
];

const surgery = [equipment.cortexFrame.id, equipment.cortexVaporizer.id];

/** A mouse of VISTA, with its surgeries and logs. The virus is from a public inventory, all drugs from a private one. */
export function addMouse(
  content: Content,
  [name, sex, birthDate, firstRecording]: Mouse,
  project = projects.vista,
): DemoSubject {
  const { around } = chance(`VISTA mouse ${name}`);
  const day = (offset: number, time = '09:00'): string => `${daysAfter(firstRecording, offset)}T${time}:00.000Z`;
  return addSubject(content, {
    recordedAt: day(-42),
    projects: [project],
    columns: {
      name,
      speciesId: species.mouse.id,
      strainId: strains.pvCre.id,
      sex,
      status: 'DECEASED',
      age: 'P12W/P20W',
      birthDate,
      deathDate: daysAfter(firstRecording, 21),
      geneticLine: 'Pvalb-IRES-Cre',
      genotype: 'Pvalb-IRES-Cre/wt',
      identifier: `NHV-${1400 + Number(name.slice(2)) * 7}`,
      supplierId: suppliers.fjordmus.id,
      tags: ['head-fixed'],
      extraFields: { cage: `C${12 + Number(name.slice(2))}` },
      nameUsedInStorage: name.toLowerCase(),
    },
    procedures: [
      {
        as: 'anesthesia',
        type: 'Anesthesia',
        dateTime: day(-35),
        consumableStockId: stocks.isoflurane.id,
        details: {
          anestheticAgent: 'Isoflurane',
          route: 'Inhalation',
          dosage: '1.5 %',
          depth: 'Surgical plane',
          duration: quantity(around(95, 8), 'min'),
          monitoringMethod: ['Breathing rate', 'Pedal reflex'],
        },
        equipment: [equipment.cortexVaporizer.id],
      },
      {
        as: 'virus',
        type: 'VirusInjection',
        dateTime: day(-35, '09:20'),
        consumableStockId: stocks.channelrhodopsin.id,
        brainRegionId: regions.v1.id,
        coordinateSystem: 'Stereotaxic_BregmaBrainSurface',
        coordinates: {
          apCoordinate: quantity(around(-3.6, 0.05, 2), 'mm'),
          mlCoordinate: quantity(around(2.5, 0.05, 2), 'mm'),
          depth: quantity(0.5, 'mm'),
        },
        details: {
          titer: quantity(4.2e12, 'vg/mL'),
          injectionVolume: quantity(300, 'nL'),
          injectionRate: quantity(50, 'nL/min'),
        },
        equipment: [...surgery, equipment.cortexInjector.id],
      },
      {
        as: 'headpost',
        type: 'Headpost',
        dateTime: day(-35, '10:10'),
        consumableStockId: stocks.cement.id,
        details: { material: 'Titanium', attachmentMethod: 'dental cement', shape: 'Bar', skullPreparation: 'Etched' },
        equipment: surgery,
        notes: 'Healed without trouble.',
      },
      {
        as: 'reference',
        type: 'ReferenceElectrodeImplant',
        dateTime: day(-35, '10:30'),
        details: {
          electrodeCount: 1,
          electrodeMaterial: 'Silver',
          anchoringMethod: 'bone screw',
          placementSite: 'Above the cerebellum',
        },
        equipment: surgery,
        logs: [impedances(name, daysAfter(firstRecording, -28), 4, 1)],
      },
      {
        as: 'craniotomy',
        type: 'Craniotomy',
        dateTime: day(-1, '15:00'),
        brainRegionId: regions.lm.id,
        details: { shape: 'Oval', dimensions: '2.0 mm × 1.5 mm', surgicalMethod: 'Drilled under saline' },
        equipment: [...surgery, equipment.cortexDrill.id],
      },
      {
        as: 'perfusion',
        type: 'PerfusionFixation',
        dateTime: day(21, '11:00'),
        details: { perfusionMethod: 'Transcardial, PBS then PFA 4 %', volume: quantity(40, 'mL'), fatalOutcome: true },
      },
    ],
    logs: [
      weighing(name, daysAfter(firstRecording, -35), 8, sex === 'MALE' ? 24.5 : 20.5, 'Jonas Feldmann'),
      habituation(daysAfter(firstRecording, -10), [10, 20, 30, 45, 60], 'Priya Raghunathan', 'Wheel, grey screen'),
    ],
  });
}
