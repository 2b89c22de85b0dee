import { consumables } from '../vocabulary/resources';
import { groups, users } from '../people';
import type { Columns, Row } from '../columns';
import type { Content } from '../content';
import { define, quantity } from '../define';
import { share } from '../sharing';

const inventories = define('Inventory', '2019-04-01T09:00:00.000Z', {
  virusFreezer: {
    name: 'Virus freezer',
    location: 'Nordhavn, room 1.08',
    description: 'All vectors that the laboratory uses, at −80 °C.',
    isPublic: true,
  },
  drugCabinet: { name: 'Drug cabinet', location: 'Nordhavn, room 1.02', description: 'Controlled substances.' },
  electrodes: { name: 'Electrode drawer', location: 'Westmere, room 118' },
  clinicalStock: { name: 'Sterile stock', location: 'Santa Clara del Mar, theatre corridor' },
  sliceShelf: {
    name: 'Reagent shelf',
    location: 'Kitahama, building C',
    description: 'Salts, dyes and antibodies for slice work.',
    isPublic: true,
  },
});

const batch = (
  inventory: Row<'Inventory'>,
  consumable: Row<'Consumable'>,
  type: string,
  details: Record<string, unknown>,
  more: Columns<'ConsumableStock'> = {},
): Columns<'ConsumableStock'> => ({ inventoryId: inventory.id, consumableId: consumable.id, type, details, ...more });

const virus = (batchId: string, titer: number, aliquotCount: number) => ({
  batchId,
  titer: quantity(titer, 'vg/mL'),
  aliquotCount,
  aliquotVolume: quantity(5, 'µL'),
});

const { virusFreezer, drugCabinet, electrodes, clinicalStock, sliceShelf } = inventories;
const frozen = { storageConditions: '−80 °C', storageLocation: 'Rack 2' };

export const stocks = define('ConsumableStock', '2020-01-13T09:00:00.000Z', {
  channelrhodopsin: batch(virusFreezer, consumables.channelrhodopsin, 'VirusSolution', virus('HX-2011', 4.2e12, 20), {
    ...frozen,
    acquiredOn: '2020-11-03',
    expiresOn: '2023-11-03',
    status: 'DEPLETED',
    intendedUse: 'Optotagging in VISTA',
    cost: '310 EUR',
    notes: 'Thawed once before use.',
  }),
  calcium: batch(virusFreezer, consumables.calcium, 'VirusSolution', virus('HX-2140', 1.9e13, 12), {
    ...frozen,
    acquiredOn: '2021-10-18',
    expiresOn: '2024-10-18',
  }),
  dopamine: batch(virusFreezer, consumables.dopamine, 'VirusSolution', virus('HX-2215', 8.5e12, 8), {
    ...frozen,
    acquiredOn: '2022-04-25',
    status: 'RESERVED',
  }),
  coverGlass: batch(virusFreezer, consumables.coverGlass, 'OpticalComponent', {
    componentType: 'Cover Glass',
    material: 'Borosilicate',
    dimensions: '3 mm, No. 1',
    sterile: false,
  }),
  fibers: batch(virusFreezer, consumables.fiber, 'OpticFiber', { fiberIds: 'F-101 to F-140', quantity: 40 }),
  isoflurane: batch(drugCabinet, consumables.isoflurane, 'PharmacologicalAgent', {
    activeIngredient: 'Isoflurane',
    pharmacologicalCategory: 'Anesthetic',
    routeOfAdministration: 'Inhalation',
    amount: '250 mL',
    batchId: 'KA-77120',
  }),
  meloxicam: batch(drugCabinet, consumables.meloxicam, 'PharmacologicalAgent', {
    activeIngredient: 'Meloxicam',
    pharmacologicalCategory: 'Analgesic',
    dosageForm: 'Injection',
    concentration: '5 mg/mL',
    experimentalUse: ['Surgery'],
  }),
  cement: batch(drugCabinet, consumables.cement, 'ImplantMaterial', { amount: '2 × 10 g', sterile: false }),
  muscimol: batch(electrodes, consumables.muscimol, 'PharmacologicalAgent', {
    activeIngredient: 'Muscimol',
    pharmacologicalCategory: 'Neuroactive',
    concentration: '1 mg/mL',
  }),
  halorhodopsin: batch(electrodes, consumables.halorhodopsin, 'VirusSolution', virus('HX-1987', 5.1e12, 10), frozen),
  tetrodeWire: batch(electrodes, consumables.tetrodeWire, 'SingleWireElectrode', {
    length: quantity(50, 'm'),
    quantity: 2,
    wireIds: 'NW-7, NW-8',
  }),
  chronicProbes: batch(electrodes, consumables.chronicProbe, 'SiliconProbe', {
    probeIds: 'K64-031 to K64-038',
    quantity: 8,
  }),
  drives: batch(electrodes, consumables.chronicProbe, 'ConsumableDevice', {
    deviceClass: 'Microdrive',
    material: 'Printed resin',
    experimentalUse: ['Chronic recording'],
  }),
  depthElectrodes: batch(clinicalStock, consumables.depthElectrode, 'SurgicalDisposable', {
    batchId: 'MD-2022-118',
    quantity: 24,
    sterile: true,
  }),
  acsf: batch(sliceShelf, consumables.acsf, 'PhysiologicalSolution', {
    solutionName: 'ACSF',
    composition: 'NaCl 125, KCl 2.5, NaH2PO4 1.25, NaHCO3 25, glucose 25, CaCl2 2, MgCl2 1 (mM)',
    pH: 7.4,
    osmolality: '310 mOsm/kg',
    purpose: ['Slicing', 'Recording'],
    sterile: false,
  }),
  biocytin: batch(sliceShelf, consumables.biocytin, 'TracerDye', {
    dyeType: 'Injection Marker',
    amount: '100 mg',
    routeOfApplication: 'Injection',
    experimentalUse: ['Morphology'],
  }),
  antibody: batch(sliceShelf, consumables.antibody, 'ImmunoReagent', {
    reagentType: 'Primary Antibody',
    targetAntigen: 'Parvalbumin',
    hostSpecies: 'Rabbit',
    clonality: 'Polyclonal',
    dilution: '1:1000',
    application: ['Immunofluorescence'],
  }),
  waxRings: batch(sliceShelf, consumables.waxRing, 'SurgicalDisposable', { quantity: 200, sterile: false }),
  fixative: batch(sliceShelf, consumables.fixative, 'ChemicalReagent', {
    chemicalType: 'Fixative',
    compoundName: 'Paraformaldehyde',
    concentration: '4 %',
    molecularWeight: quantity(30.03, 'g/mol'),
  }),
});

/** Stores of consumables, two of them public. */
export function addInventories(content: Content): void {
  content.addAll('Inventory', inventories);
  content.addModules('ConsumableStock', 'CONSUMABLE_STOCK', stocks);
  share(content, 'inventoryId', virusFreezer, {
    owner: users.tomasz,
    grants: [
      { to: users.priya, role: 'CONTRIBUTOR' },
      { to: groups.cortex, role: 'MEMBER' },
    ],
    history: ['2023-06-19T09:20:00.000Z'],
  });
  share(content, 'inventoryId', drugCabinet, { owner: users.mara, grants: [{ to: users.jonas, role: 'MANAGER' }] });
  share(content, 'inventoryId', electrodes, {
    owner: users.elena,
    grants: [{ to: groups.memory, role: 'CONTRIBUTOR' }],
  });
  share(content, 'inventoryId', clinicalStock, { owner: users.henrik });
  share(content, 'inventoryId', sliceShelf, {
    owner: users.aiko,
    grants: [{ to: groups.synapse, role: 'MEMBER' }],
    history: ['2024-04-08T01:20:00.000Z'],
  });
}
