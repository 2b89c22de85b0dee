import { namesOfSpecies } from '../../domain/vocabulary/species-names';

/**
 * What people call the same thing, so that a search for one finds the others: species by the names of the NCBI Taxonomy (public
 * domain), and techniques by their names and the abbreviations that the literature of the field writes for them. What else a term
 * is called, administrators write into its `synonyms`.
 */
const techniques: readonly (readonly string[])[] = [
  ['electrophysiology', 'ephys'],
  ['extracellular electrophysiology', 'extracellular ephys', 'extracellular recording'],
  ['intracellular electrophysiology', 'intracellular ephys', 'patch clamp', 'patch-clamp'],
  ['electroencephalography', 'electroencephalogram', 'EEG'],
  ['electrocorticography', 'ECoG'],
  ['electromyography', 'EMG'],
  ['electrocardiogram', 'ECG', 'EKG'],
  ['magnetoencephalography', 'MEG'],
  ['magnetic resonance imaging', 'MRI'],
  ['functional magnetic resonance imaging', 'functional MRI', 'fMRI'],
  ['positron emission tomography', 'PET'],
  ['single photon emission computed tomography', 'SPECT'],
  ['optical coherence tomography', 'OCT'],
  ['functional ultrasound imaging', 'functional ultrasound', 'fUS'],
  ['two-photon microscopy', 'two photon microscopy', 'two-photon imaging', '2-photon imaging', '2P imaging'],
  ['three-photon microscopy', 'three photon microscopy', 'three-photon imaging', '3P imaging'],
  ['optogenetic stimulation', 'optogenetics'],
  ['transcranial magnetic stimulation', 'TMS'],
  ['deep brain stimulation', 'DBS'],
  ['local field potential', 'LFP'],
  ['fiber photometry', 'fibre photometry'],
  ['Neuropixels', 'Neuropixel', 'Neuropixels probe'],
];

const species = namesOfSpecies.map(({ name, taxon, spellings }) => [name, ...spellings, `NCBITaxon:${taxon}`]);

/** As the database folds what it compares: without case and accents. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

const byName = new Map<string, Set<string>>();
for (const names of [...species, ...techniques])
  for (const one of names) {
    const known = byName.get(folded(one)) ?? new Set<string>();
    names.forEach((name) => known.add(name));
    byName.set(folded(one), known);
  }

/** Of how many words the longest name is that has synonyms. */
export const mostWordsOfName = Math.max(...[...byName.keys()].map((name) => name.split(' ').length));

/** What else a text is called; nothing where nobody has said so. */
export function synonymsOf(text: string): string[] {
  const key = folded(text);
  return [...(byName.get(key) ?? [])].filter((name) => folded(name) !== key);
}
