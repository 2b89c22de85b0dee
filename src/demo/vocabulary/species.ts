import { users } from '../people';
import type { Content } from '../content';
import { define } from '../define';

const approved = { isApproved: true };
const proposed = (by: { id: string }) => ({ isApproved: false, proposedById: by.id });
const taxon = (number: number) => ({
  rrid: `RRID:NCBITaxon_${number}`,
  externalIdentifiers: [
    {
      source: 'NCBITaxon',
      identifier: String(number),
      url: `https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=${number}`,
    },
  ],
});

export const species = define('Species', '2018-11-05T09:00:00.000Z', {
  mouse: { ...approved, name: 'Mus musculus', description: 'House mouse.', ...taxon(10090) },
  rat: {
    ...approved,
    name: 'Rattus norvegicus',
    description: 'Norway rat.',
    synonyms: ['laboratory rat'],
    ...taxon(10116),
  },
  human: { ...approved, name: 'Homo sapiens', description: 'Human.', ...taxon(9606) },
  zebrafish: { ...approved, name: 'Danio rerio', description: 'Zebrafish.', ...taxon(7955) },
  marmoset: { ...approved, name: 'Callithrix jacchus', description: 'Common marmoset.', ...taxon(9483) },
  spinyMouse: { ...proposed(users.tomasz), name: 'Acomys cahirinus', description: 'Cairo spiny mouse.' },
});

export const strains = define('Strain', '2018-11-06T09:00:00.000Z', {
  blackSix: {
    ...approved,
    name: 'C57BL/6J',
    speciesId: species.mouse.id,
    description: 'Inbred; the background of most lines here.',
    synonyms: ['B6', 'Black 6'],
    rrid: 'RRID:IMSR_JAX:000664',
    externalIdentifiers: [{ source: 'JAX', identifier: '000664', url: 'https://www.jax.org/strain/000664' }],
  },
  pvCre: { ...approved, name: 'Pvalb-IRES-Cre', speciesId: species.mouse.id, description: 'Cre in parvalbumin cells.' },
  sstCre: { ...approved, name: 'Sst-IRES-Cre', speciesId: species.mouse.id, description: 'Cre in somatostatin cells.' },
  datCre: { ...approved, name: 'DAT-IRES-Cre', speciesId: species.mouse.id, description: 'Cre in dopamine neurons.' },
  longEvans: { ...approved, name: 'Long-Evans', speciesId: species.rat.id, description: 'Outbred, hooded.' },
  listerHooded: { ...approved, name: 'Lister Hooded', speciesId: species.rat.id, description: 'Outbred, hooded.' },
  glowFish: {
    ...approved,
    name: 'Tg(elavl3:H2B-GCaMP6s)',
    speciesId: species.zebrafish.id,
    description: 'Calcium indicator in the nuclei of nearly all neurons.',
  },
  housePvCre: {
    ...proposed(users.elena),
    name: 'Westmere PV-Cre',
    speciesId: species.rat.id,
    description: 'Our own line; the description is being written.',
  },
});

export const regions = define('BrainRegion', '2018-11-07T09:00:00.000Z', {
  v1: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'VISp', name: 'Primary visual area' },
  lm: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'VISl', name: 'Lateral visual area' },
  rl: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'VISrl', name: 'Rostrolateral visual area' },
  barrel: {
    ...approved,
    atlas: 'ALLEN_MOUSE',
    acronym: 'SSp-bfd',
    name: 'Primary somatosensory area, barrel field',
  },
  accumbens: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'ACB', name: 'Nucleus accumbens', synonyms: ['NAc'] },
  vta: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'VTA', name: 'Ventral tegmental area' },
  mouseCa1: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'CA1', name: 'Field CA1' },
  mouseSeptum: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'MS', name: 'Medial septal nucleus' },
  cingulate: { ...approved, atlas: 'ALLEN_MOUSE', acronym: 'ACA', name: 'Anterior cingulate area' },
  ratCa1: { ...approved, atlas: 'PAXINOS_WATSON_1997_RAT', acronym: 'CA1', name: 'Field CA1 of hippocampus' },
  ratCa3: { ...approved, atlas: 'PAXINOS_WATSON_1997_RAT', acronym: 'CA3', name: 'Field CA3 of hippocampus' },
  commissure: { ...approved, atlas: 'SWANSON_2004_RAT', acronym: 'vhc', name: 'Ventral hippocampal commissure' },
  hippocampalFormation: { ...approved, atlas: 'ALLEN_HUMAN', acronym: 'HiF', name: 'Hippocampal formation' },
  amygdala: { ...approved, atlas: 'ALLEN_HUMAN', acronym: 'Amg', name: 'Amygdala' },
  temporal: { ...approved, atlas: 'ALLEN_HUMAN', acronym: 'STG', name: 'Superior temporal gyrus' },
  frontal: { ...approved, atlas: 'ALLEN_HUMAN', acronym: 'IFG', name: 'Inferior frontal gyrus' },
  marmosetAuditory: {
    ...proposed(users.kenji),
    atlas: 'ALLEN_NON_HUMAN_PRIMATE',
    acronym: 'AuB',
    name: 'Auditory belt',
  },
});

/** Species, strains and brain regions: approved ones, and proposals that wait for an administrator. */
export function addTaxonomies(content: Content): void {
  content.addAll('Species', species);
  content.addAll('Strain', strains);
  content.addAll('BrainRegion', regions);
}
