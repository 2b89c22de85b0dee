import { users } from '../people';
import type { Content } from '../content';
import { define } from '../define';

const approved = { isApproved: true };

const journals = define('Journal', '2018-11-15T09:00:00.000Z', {
  circuits: { ...approved, name: 'Journal of Circuit Neuroscience' },
  memory: { ...approved, name: 'Annals of Memory Systems' },
  clinical: { ...approved, name: 'Intracranial Electrophysiology' },
  methods: { isApproved: false, proposedById: users.elena.id, name: 'Open Reports in Electrophysiology' },
});

export const publications = define('Publication', '2022-06-01T09:00:00.000Z', {
  vista: {
    ...approved,
    journalId: journals.circuits.id,
    title: 'Population codes for natural scenes are shared across mouse visual areas',
    authors: 'Raghunathan P, Wieczorek T, Feldmann J, Lindqvist M',
    abstract:
      'We recorded from three visual areas at once while mice viewed gratings and natural scenes. ' +
      'Most of the variance that areas share lies in a few dimensions, and these depend on running.',
    doi: '10.5555/stemgraph.demo.2023.0117',
    url: 'https://circuits.example/articles/2023.0117',
    pdfUrl: 'https://circuits.example/articles/2023.0117.pdf',
    publishedOn: '2023-06-19',
  },
  /** Led to by a public and by a private project. */
  track: {
    ...approved,
    journalId: journals.memory.id,
    title: 'Place cells keep their order when a linear track is shortened',
    authors: 'Marchetti E, Adeyemi S, Okafor C',
    abstract: 'Sequences of place cells were compared before and after one half of the track was closed.',
    doi: '10.5555/stemgraph.demo.2022.0042',
    url: 'https://memory-systems.example/2022/42',
    publishedOn: '2022-11-02',
  },
  naming: {
    ...approved,
    journalId: journals.clinical.id,
    title: 'High-gamma activity separates naming from reading in the temporal lobe',
    authors: 'Ferrándiz L, Vosmaer H, Ruiz Castell A',
    publishedOn: '2024-02-28',
    url: 'https://intracranial.example/naming',
  },
  interneurons: {
    ...approved,
    title: 'Firing patterns of 120 hippocampal interneurons (preprint)',
    authors: 'Morishita A, Tanabe K',
    doi: '10.5555/stemgraph.demo.2024.0009',
  },
  /** A proposal: Elena and administrators see it, nobody else. */
  inPress: {
    isApproved: false,
    proposedById: users.elena.id,
    journalId: journals.methods.id,
    title: 'Closed-loop disruption of sharp-wave ripples: a protocol',
    authors: 'Marchetti E, Okafor C',
  },
});

/** Journals and publications. */
export function addLiterature(content: Content): void {
  content.addAll('Journal', journals);
  content.addAll('Publication', publications);
}
