import { equipment } from '../attributes/equipment';
import { stocks } from '../attributes/inventories';
import { setups } from '../attributes/setups';
import { storages } from '../attributes/storages';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, addSubject, type DemoSubject } from '../experiments';
import { chance, daysAfter } from '../source';
import { regions, species, strains } from '../vocabulary/species';
import { projects } from './projects';

const project = projects.interneurons;
const firstDay = '2022-07-11';
const mice = 20;
const cellsPerMouse = 2;

/** Whole-cell recordings in slices: one session a cell. The slice rig and the reagents are public. */
export function addInterneurons(content: Content): void {
  const cells: Record<'fast' | 'slow', string[]> = { fast: [], slow: [] };
  const subjects = Array.from({ length: mice }, (_, index) => {
    const day = daysAfter(firstDay, 7 * index);
    const kind = index % 2 === 0 ? 'fast' : 'slow';
    const subject = addMouse(content, index, day);
    for (let cell = 0; cell < cellsPerMouse; cell++) cells[kind].push(addCell(content, subject, day, cell, kind));
    return subject;
  });
  addCollection(content, project, '2023-01-16T01:00:00.000Z', { name: 'fast_spiking', tags: ['PV'] }, cells.fast);
  addCollection(content, project, '2023-01-16T01:10:00.000Z', { name: 'low_threshold', tags: ['SST'] }, cells.slow);
  addCohort(content, project, '2023-01-16T01:20:00.000Z', { name: 'Recovered morphology' }, subjects.slice(0, 8));
}

function addMouse(content: Content, index: number, day: string): DemoSubject {
  const { between, around } = chance(`slice mouse ${index}`);
  const at = (time: string): string => `${day}T${time}:00.000Z`;
  return addSubject(content, {
    recordedAt: at('00:10'),
    projects: [project],
    columns: {
      name: `M${String(index + 1).padStart(3, '0')}`,
      speciesId: species.mouse.id,
      strainId: index % 2 === 0 ? strains.pvCre.id : strains.sstCre.id,
      sex: index % 3 === 0 ? 'FEMALE' : 'MALE',
      status: 'DECEASED',
      age: `P${between(24, 35)}D`,
      deathDate: day,
    },
    procedures: [
      {
        as: 'decapitation',
        type: 'Decapitation',
        dateTime: at('00:30'),
        details: { decapitationMethod: 'Sharp scissors', anestheticAgent: 'Isoflurane' },
      },
      {
        as: 'slices',
        type: 'BrainSlice',
        dateTime: at('00:45'),
        consumableStockId: stocks.acsf.id,
        brainRegionId: regions.mouseCa1.id,
        details: { orientation: 'horizontal', thickness: quantity(300, 'µm'), nSlices: between(5, 9), medium: 'ACSF' },
        notes: 'Kept at 34 °C for 30 minutes, then at room temperature.',
      },
      ...(index < 8
        ? [
            {
              as: 'staining',
              type: 'VibratomeSectioning',
              dateTime: at('09:00'),
              consumableStockId: stocks.antibody.id,
              details: {
                bladeType: 'Ceramic blade',
                sectionThickness: quantity(80, 'µm'),
                numberOfSections: around(14, 2),
                sectioningOrientation: 'Horizontal',
              },
            },
          ]
        : []),
      ...(index === 8
        ? [
            {
              as: 'cryosections',
              type: 'Cryosectioning',
              dateTime: at('09:30'),
              consumableStockId: stocks.fixative.id,
              details: {
                orientation: 'Coronal',
                sectionThickness: quantity(20, 'µm'),
                temperature: quantity(-20, '°C'),
              },
            },
          ]
        : []),
    ],
    logs: [
      {
        type: 'Genotyping',
        entries: [
          {
            startedAt: `${daysAfter(day, -7)}T02:00:00.000Z`,
            performedBy: 'Aiko Morishita',
            details: {
              sample: 'Ear punch',
              result: 'Cre/wt',
              qcConfidence: 'high',
              lociResults: [{ locus: 'Cre', result: '+' }],
            },
          },
        ],
      },
    ],
  });
}

function addCell(content: Content, subject: DemoSubject, day: string, cell: number, kind: 'fast' | 'slow'): string {
  const { around, between } = chance(`cell ${subject.name} ${cell}`);
  const name = `${subject.name}_cell${cell + 1}`;
  return addSession(content, {
    projects: [project],
    subjects: [subject],
    columns: {
      name,
      startedAt: `${day}T0${3 + 2 * cell}:${between(10, 59)}:00.000Z`,
      extraFields: {
        restingPotentialMillivolts: around(kind === 'fast' ? -67 : -59, 2, 1),
        inputResistanceMegaohms: around(kind === 'fast' ? 95 : 240, 20),
      },
    },
    storages: [storages.kitahama],
    epochs: [
      ['steps', 0, 180],
      ['blockers', 300, 900],
    ],
    behaviors: [{ setup: setups.sliceRig }],
    acquisitions: [
      {
        type: 'IntracellularEphys',
        details: {
          nChannels: 2,
          sr: quantity(50, 'kHz'),
          lsb: quantity(0.03, 'mV'),
          type: 'int16',
          format: 'NWB',
          nSamples: 45_000_000,
        },
        procedures: [subject.procedures['slices']!],
        equipment: [equipment.patchAmplifier.id, equipment.microscope.id],
        file: {
          name: `${name}.nwb`,
          url: `https://objects.kitahama.example/patch/${kind}/${name}.nwb`,
          bytes: around(182_000_000, 9_000_000),
          storage: storages.kitahama,
        },
      },
      ...(cell === 0 && subject.procedures['staining']
        ? [
            {
              type: 'ConfocalMicroscopy',
              details: {
                excitationWavelength: quantity(561, 'nm'),
                xVoxelSize: quantity(0.2, 'µm'),
                yVoxelSize: quantity(0.2, 'µm'),
                zVoxelSize: quantity(0.5, 'µm'),
              },
              procedures: [subject.procedures['staining']],
            },
          ]
        : []),
    ],
    manipulations: [
      {
        type: 'PharmacologicalSuperfusion',
        epoch: 'blockers',
        details: {
          liquidAgent: 'Gabazine',
          concentration: quantity(10, 'µM'),
          flowRate: quantity(3, 'mL/min'),
          profile: 'Continuous Infusion',
        },
        procedures: [subject.procedures['slices']!],
        equipment: [equipment.perfusion.id],
      },
      ...(cell === 1
        ? [
            {
              type: 'OptogeneticStimulation',
              details: { wavelength: quantity(470, 'nm'), power: quantity(2, 'mW'), duration: quantity(5, 'ms') },
              equipment: [equipment.led.id],
            },
          ]
        : []),
    ],
  });
}
