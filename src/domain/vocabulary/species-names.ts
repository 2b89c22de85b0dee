/**
 * Species under one name each. The accepted names and their numbers are those of the NCBI Taxonomy
 * (https://www.ncbi.nlm.nih.gov/taxonomy, public domain): the number is the `NCBITaxon` identifier, the first spelling is
 * its common name or a name in use. Other spellings are those met in published data sets. A species that is not here
 * is imported as the source writes it, and reported: add it once its NCBI record has been looked at.
 */
export interface SpeciesNames {
  name: string;
  taxon: string;
  spellings: string[];
}

export const namesOfSpecies: readonly SpeciesNames[] = [
  { name: 'Mus musculus', taxon: '10090', spellings: ['house mouse', 'mouse', 'mice'] },
  { name: 'Rattus norvegicus', taxon: '10116', spellings: ['Norway rat', 'brown rat', 'rat', 'rats'] },
  { name: 'Rattus rattus', taxon: '10117', spellings: ['black rat'] },
  { name: 'Homo sapiens', taxon: '9606', spellings: ['human', 'humans'] },
  { name: 'Macaca mulatta', taxon: '9544', spellings: ['rhesus monkey', 'rhesus macaque', 'rhesus'] },
  { name: 'Macaca fascicularis', taxon: '9541', spellings: ['crab-eating macaque', 'cynomolgus macaque'] },
  { name: 'Macaca nemestrina', taxon: '9545', spellings: ['pig-tailed macaque', 'pigtail macaque'] },
  { name: 'Macaca radiata', taxon: '9548', spellings: ['bonnet macaque'] },
  { name: 'Callithrix jacchus', taxon: '9483', spellings: ['white-tufted-ear marmoset', 'common marmoset'] },
  { name: 'Danio rerio', taxon: '7955', spellings: ['zebrafish', 'zebra fish'] },
  { name: 'Drosophila melanogaster', taxon: '7227', spellings: ['fruit fly'] },
  { name: 'Caenorhabditis elegans', taxon: '6239', spellings: ['C. elegans', 'roundworm'] },
  { name: 'Meriones unguiculatus', taxon: '10047', spellings: ['Mongolian gerbil', 'Mongolian jird'] },
  { name: 'Mustela putorius furo', taxon: '9669', spellings: ['domestic ferret', 'ferret'] },
  { name: 'Felis catus', taxon: '9685', spellings: ['domestic cat', 'cat'] },
  { name: 'Ovis aries', taxon: '9940', spellings: ['sheep', 'domestic sheep'] },
  { name: 'Monodelphis domestica', taxon: '13616', spellings: ['gray short-tailed opossum'] },
  { name: 'Ooceraea biroi', taxon: '2015173', spellings: ['clonal raider ant'] },
  { name: 'Polistes fuscatus', taxon: '30207', spellings: ['common paper wasp'] },
];
