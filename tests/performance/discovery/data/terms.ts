import { snakeCase } from '../../../../src/model/names';
import type { Chance } from './chance';
import { Json, type Rows, type Value } from './copy';

const species = [
  ...['Mus musculus', 'Rattus norvegicus', 'Danio rerio', 'Homo sapiens', 'Callithrix jacchus', 'Macaca mulatta'],
  ...['Drosophila melanogaster', 'Taeniopygia guttata'],
];
const strains = [
  ...['C57BL/6J', 'Pvalb-IRES-Cre', 'Sst-IRES-Cre', 'DAT-IRES-Cre', 'Ai32', 'Thy1-GCaMP6s', 'BALB/cJ', 'VGAT-ChR2'],
];
const regions = [
  ...['VISp Primary visual area', 'CA1 Field CA1', 'CA3 Field CA3', 'DG Dentate gyrus', 'MOp Primary motor area'],
  ...['ACA Anterior cingulate area', 'PL Prelimbic area', 'CP Caudoputamen', 'TH Thalamus', 'MS Medial septal nucleus'],
  ...[
    'ENTm Entorhinal area, medial part',
    'SSp-bfd Primary somatosensory area, barrel field',
    'BLA Basolateral amygdala',
  ],
];
const setupTypes = [
  ...['HEAD_FIXED_AWAKE Head-fixed on a running wheel', 'FREELY_MOVING_AWAKE Open field', 'EX_VIVO Slice chamber'],
  ...['FREELY_MOVING_AWAKE Linear track', 'VOLUNTARILY_STATIONARY_AWAKE Rest box', 'HEAD_FIXED_AWAKE Virtual reality'],
  ...['ANESTHETIZED_IN_VIVO Operating theatre'],
];
const categories = ['Navigation', 'Perception', 'Memory', 'Decision making', 'Rest', 'Social behavior'];
const suppliers = ['The Jackson Laboratory', 'Charles River', 'IMEC', 'Thorlabs', 'Addgene'];
const devices = ['Neuropixels 1.0', 'Neuropixels 2.0', 'NeuroNexus A32', 'Miniscope V4', 'Bergamo II'];
const consumables = ['AAV1-syn-GCaMP6s', 'AAV5-EF1a-DIO-ChR2', 'Isoflurane', 'Muscimol', 'Ketamine'];

/** The shared terms, of which there are as many in any size. */
export class Terms {
  readonly counts = {
    Species: species.length,
    Strain: strains.length,
    BrainRegion: regions.length,
    SetupType: setupTypes.length,
    BehavioralCategory: categories.length,
    Supplier: suppliers.length,
    HardwareDevice: devices.length,
    Consumable: consumables.length,
  } as const;

  constructor(private readonly chance: Chance) {}

  id(type: keyof Terms['counts'], index: number): string {
    return this.chance.id(type, index, this.counts[type]);
  }

  /** One of them, the first far more often than the last. */
  one(type: keyof Terms['counts'], what: string, index: number): string {
    const place = Math.floor(this.chance.at(what, index) ** 2.5 * this.counts[type]);
    return this.id(type, place);
  }

  *rows(): Generator<Rows> {
    const identified = (index: number): Json =>
      new Json(JSON.stringify([{ source: 'NCBITaxon', identifier: String(10090 + index) }]));
    yield this.table('Species', ['name', 'rrid', 'external_identifiers'], (index) => [
      species[index]!,
      `RRID:NCBITaxon_${10090 + index}`,
      identified(index),
    ]);
    // The strains are those of mice.
    yield this.table('Strain', ['name', 'species_id'], (index) => [strains[index]!, this.id('Species', 0)]);
    yield this.table('BrainRegion', ['acronym', 'name', 'atlas'], (index) => [
      ...parted(regions[index]!),
      'ALLEN_MOUSE',
    ]);
    yield this.table('SetupType', ['category', 'name'], (index) => parted(setupTypes[index]!));
    yield this.table('BehavioralCategory', ['name'], (index) => [categories[index]!]);
    yield this.table('Supplier', ['name'], (index) => [suppliers[index]!]);
    const bySupplier = (names: readonly string[], index: number): Value[] => [
      names[index]!,
      this.id('Supplier', index % suppliers.length),
    ];
    yield this.table('HardwareDevice', ['name', 'supplier_id'], (index) => bySupplier(devices, index));
    yield this.table('Consumable', ['name', 'supplier_id'], (index) => bySupplier(consumables, index));
  }

  private table(type: keyof Terms['counts'], columns: readonly string[], each: (index: number) => Value[]): Rows {
    const rows = Array.from({ length: this.counts[type] }, (_, index) => [this.id(type, index), true, ...each(index)]);
    return { table: snakeCase(type), columns: ['id', 'is_approved', ...columns], rows };
  }
}

/** `VISp Primary visual area` → `VISp`, `Primary visual area`. */
function parted(text: string): [string, string] {
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
}
