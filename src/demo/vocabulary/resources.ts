import { users } from '../people';
import type { Content } from '../content';
import { define } from '../define';

const approved = { isApproved: true };
const proposed = (by: { id: string }) => ({ isApproved: false, proposedById: by.id });
const catalogue = (number: string) => [
  { source: 'Catalogue', identifier: number, url: `https://catalogue.example/${number}` },
];

/** Invented companies, and identifiers in a range that has not been given out. */
export const suppliers = define('Supplier', '2018-11-12T09:00:00.000Z', {
  kronborg: {
    ...approved,
    name: 'Kronborg Probes',
    description: 'Silicon probes, headstages and drives.',
    website: 'https://kronborg-probes.example',
    rrid: 'RRID:SCR_999001',
    externalIdentifiers: [{ source: 'GRID', identifier: 'demo.0001', url: null }],
  },
  aurelia: {
    ...approved,
    name: 'Aurelia Optics',
    description: 'Lasers, fibres, microscopes.',
    website: 'https://aurelia-optics.example',
  },
  blackfen: {
    ...approved,
    name: 'Blackfen Instruments',
    description: 'Amplifiers and acquisition systems.',
    website: 'https://blackfen.example',
  },
  helix: {
    ...approved,
    name: 'Helix Vector Core',
    synonyms: ['Helix'],
    description: 'Viral vectors.',
    website: 'https://helix.example',
  },
  fjordmus: { ...approved, name: 'Fjordmus Breeding Centre', description: 'Mice and rats.' },
  castlegate: { ...approved, name: 'Castlegate Rodents', description: 'Outbred rats.' },
  meridian: {
    ...approved,
    name: 'Meridian Medical Electrodes',
    description: 'Depth electrodes and grids for clinical use.',
    website: 'https://meridian-medical.example',
  },
  karst: { ...approved, name: 'Karst Chemicals', description: 'Drugs, salts and dyes.' },
  tidewater: { ...proposed(users.samuel), name: 'Tidewater Robotics', description: 'Robotic mazes.' },
});

const by = (supplier: { id: string }) => ({ ...approved, supplierId: supplier.id });

export const devices = define('HardwareDevice', '2018-11-13T09:00:00.000Z', {
  probeStation: {
    ...by(suppliers.kronborg),
    name: 'KP-Base 4 probe station',
    description: 'Reads up to four 384-channel probes at 30 kHz.',
    website: 'https://kronborg-probes.example/base-4',
    rrid: 'RRID:SCR_999011',
    externalIdentifiers: catalogue('KP-B4'),
  },
  manipulator: { ...by(suppliers.kronborg), name: 'KP-Reach micromanipulator', description: 'Four axes, 0.1 µm.' },
  acquisition: { ...by(suppliers.blackfen), name: 'Blackfen 256 acquisition system', description: '256 channels.' },
  patchAmplifier: { ...by(suppliers.blackfen), name: 'Blackfen Patch 2 amplifier', description: 'Two headstages.' },
  stimulator: { ...by(suppliers.blackfen), name: 'Blackfen Pulse stimulator', description: 'Isolated, ±10 V.' },
  clinicalAmplifier: { ...by(suppliers.meridian), name: 'Meridian MX-128', description: '128 channels, 16 kHz.' },
  blueLaser: {
    ...by(suppliers.aurelia),
    name: 'Aurelia 473 laser',
    synonyms: ['blue laser'],
    description: 'Diode-pumped, 100 mW.',
  },
  orangeLaser: { ...by(suppliers.aurelia), name: 'Aurelia 594 laser', description: 'Solid state, 100 mW.' },
  twoPhoton: { ...by(suppliers.aurelia), name: 'Aurelia Resonant 2P', description: 'Resonant-galvo, 30 Hz.' },
  lightField: { ...by(suppliers.aurelia), name: 'Aurelia LF microscope', description: 'Microlens array, 20×.' },
  photometry: { ...by(suppliers.aurelia), name: 'Aurelia FP-2 photometer', description: '415 and 470 nm.' },
  camera: { ...by(suppliers.aurelia), name: 'Aurelia Eye 1.3 camera', description: '1.3 megapixels, up to 200 Hz.' },
  ultrasound: { ...by(suppliers.blackfen), name: 'Blackfen fUS 15', description: '15 MHz linear probe.' },
  robotArm: { ...proposed(users.samuel), supplierId: suppliers.tidewater.id, name: 'Tidewater maze arm' },
});

export const consumables = define('Consumable', '2018-11-14T09:00:00.000Z', {
  probe: {
    ...by(suppliers.kronborg),
    name: 'KP-384 silicon probe',
    description: 'One shank, 384 of 960 sites.',
    website: 'https://kronborg-probes.example/kp-384',
    rrid: 'RRID:SCR_999021',
    externalIdentifiers: catalogue('KP-384'),
  },
  chronicProbe: { ...by(suppliers.kronborg), name: 'KP-64 chronic probe', description: 'Four shanks of 16 sites.' },
  tetrodeWire: { ...by(suppliers.blackfen), name: 'Nichrome wire, 12.7 µm', description: 'For tetrodes; polyimide.' },
  fiber: { ...by(suppliers.aurelia), name: 'Optic fibre, 200 µm, NA 0.39', description: 'With a zirconia ferrule.' },
  channelrhodopsin: {
    ...by(suppliers.helix),
    name: 'AAV5-EF1a-DIO-hChR2(H134R)-EYFP',
    synonyms: ['ChR2 virus'],
    description: 'Excites.',
  },
  halorhodopsin: { ...by(suppliers.helix), name: 'AAV5-EF1a-DIO-eNpHR3.0-mCherry', description: 'Silences.' },
  calcium: { ...by(suppliers.helix), name: 'AAV1-syn-jGCaMP8m', description: 'Calcium indicator.' },
  dopamine: { ...by(suppliers.helix), name: 'AAV9-hSyn-dLight1.3b', description: 'Dopamine indicator.' },
  isoflurane: { ...by(suppliers.karst), name: 'Isoflurane', description: 'Inhaled anesthetic.' },
  meloxicam: { ...by(suppliers.karst), name: 'Meloxicam, 5 mg/mL', description: 'Analgesic.' },
  muscimol: { ...by(suppliers.karst), name: 'Muscimol', description: 'GABA-A agonist.' },
  acsf: { ...by(suppliers.karst), name: 'Salts for ACSF', description: 'For ten litres.' },
  fixative: { ...by(suppliers.karst), name: 'Paraformaldehyde, 4 %', description: 'Fixative.' },
  biocytin: { ...by(suppliers.karst), name: 'Biocytin', description: 'To find cells after recording.' },
  antibody: { ...by(suppliers.karst), name: 'Anti-parvalbumin, rabbit', description: 'Polyclonal.' },
  cement: { ...by(suppliers.karst), name: 'Dental cement', description: 'Two components.' },
  depthElectrode: {
    ...by(suppliers.meridian),
    name: 'MD-12 depth electrode',
    description: '12 contacts, 3.5 mm apart.',
  },
  coverGlass: { ...by(suppliers.aurelia), name: 'Cover glass, 3 mm', description: 'For cranial windows.' },
  waxRing: { ...proposed(users.aiko), supplierId: suppliers.karst.id, name: 'Wax ring for whole-mounts' },
});

/** Suppliers and what they sell. */
export function addResources(content: Content): void {
  content.addAll('Supplier', suppliers);
  content.addAll('HardwareDevice', devices);
  content.addAll('Consumable', consumables);
}
