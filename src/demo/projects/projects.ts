import { define } from '../define';
import { published } from '../sharing';

/** When each project was published, revoked, published again. Those that are not here were never public. */
export const histories = {
  vista: ['2023-06-19T09:00:00.000Z'],
  track: ['2022-10-24T11:00:00.000Z'],
  barrel: ['2024-02-05T13:00:00.000Z'],
  reversal: ['2023-11-20T10:00:00.000Z', '2023-12-04T16:45:00.000Z'],
  naming: ['2024-03-01T08:00:00.000Z'],
  interneurons: ['2024-04-08T01:00:00.000Z'],
  arousal: ['2022-03-01T10:00:00.000Z', '2022-05-30T12:00:00.000Z', '2023-09-01T08:10:00.000Z'],
  larva: ['2024-01-15T01:30:00.000Z'],
} as const;

const dandi = (serial: string) => ({ repository: 'DANDI', url: `https://archive.example/dandiset/${serial}` });

export const projects = define('Project', '2019-08-01T09:00:00.000Z', {
  vista: {
    createdAt: '2020-11-02T08:30:00.000Z',
    name: 'VISTA: shared population codes across mouse visual areas',
    identifiers: [{ scheme: 'DOI', value: '10.5555/stemgraph.demo.vista' }],
    description:
      'Two **384-channel silicon probes** at once in primary and lateral visual cortex of awake mice that watch drifting ' +
      'gratings and natural scenes. Parvalbumin cells are optotagged at the end of each recording.\n\n' +
      'Rig A is public with all its equipment; rig B is being rebuilt and stays private until that is done.',
    tags: ['visual cortex', 'silicon probes', 'natural scenes', 'optotagging'],
    extraFields: { ethicsApproval: '2020-15-0201-00712', plannedMice: 12 },
    license: 'CC-BY-4.0',
    funding: [
      {
        funder: 'Nordhavn Research Foundation',
        awardNumber: 'NRF-20-1187',
        identifier: 'https://funders.example/nrf',
        url: 'https://funders.example/nrf/20-1187',
      },
      { funder: 'Øresund Brain Fund', awardNumber: null, identifier: null, url: null },
    ],
    nameUsedInStorage: 'vista',
    repositoryLinks: [dandi('900117'), { repository: 'GITHUB', url: 'https://code.example/lindqvist-lab/vista' }],
    ...published(histories.vista),
    updatedAt: '2023-06-19T09:00:00.000Z',
    version: 9,
  },
  track: {
    createdAt: '2019-08-05T10:00:00.000Z',
    name: 'Place cells on a shortened track',
    description:
      'Tetrode recordings from CA1 of rats that shuttle on a linear track of 2.5 m, of which the middle is closed in the ' +
      'second half of the session. Each session has a rest before and after.',
    tags: ['hippocampus', 'place cells', 'tetrodes'],
    license: 'CC-BY-4.0',
    funding: [{ funder: 'Westmere Trust', awardNumber: 'WT/19/204', identifier: null, url: null }],
    nameUsedInStorage: 'short_track',
    repositoryLinks: [dandi('900042')],
    ...published(histories.track),
  },
  ripple: {
    createdAt: '2021-01-18T10:00:00.000Z',
    name: 'Ripple disruption and memory for places',
    description:
      'Sharp-wave ripples are detected online and disrupted during rest after learning. **Not published yet.**',
    tags: ['hippocampus', 'ripples', 'closed loop'],
    nameUsedInStorage: 'ripple_disruption',
  },
  barrel: {
    createdAt: '2021-09-13T08:00:00.000Z',
    name: 'Dendritic calcium in barrel cortex during whisker detection',
    description: 'Two-photon imaging of apical dendrites in layer 1 while mice report whisker deflections.',
    tags: ['barrel cortex', 'two-photon', 'dendrites'],
    license: 'CC0-1.0',
    ...published(histories.barrel),
  },
  reversal: {
    createdAt: '2022-03-07T08:00:00.000Z',
    name: 'Dopamine in probabilistic reversal',
    description: 'Fiber photometry of dopamine in the nucleus accumbens. Revoked to correct the side of two implants.',
    tags: ['dopamine', 'photometry', 'reversal learning'],
    license: 'CC-BY-4.0',
    ...published(histories.reversal),
  },
  naming: {
    createdAt: '2022-02-14T08:00:00.000Z',
    name: 'Naming and reading in the human temporal lobe',
    description:
      'Intracranial EEG of patients with epilepsy who name pictures and read words. Dates are shifted; names are codes.',
    tags: ['human', 'iEEG', 'language'],
    extraFields: { dateShift: 'per patient', ageTopCoded: 'yes' },
    license: 'CC-BY-NC-4.0',
    funding: [{ funder: 'Fundación Levante', awardNumber: 'FL-2022-31', identifier: null, url: null }],
    nameUsedInStorage: 'naming',
    repositoryLinks: [{ repository: 'OPENNEURO', url: 'https://open.example/ds900310' }],
    ...published(histories.naming),
  },
  responsive: {
    createdAt: '2023-02-06T08:00:00.000Z',
    name: 'Responsive stimulation: a pilot',
    description:
      'Stimulation of the hippocampus at the onset of epileptiform activity, in the operating theatre and after.',
    tags: ['human', 'stimulation'],
  },
  interneurons: {
    createdAt: '2022-06-20T01:00:00.000Z',
    name: 'Firing patterns of hippocampal interneurons',
    description: 'Whole-cell recordings in slices, with morphology and immunohistochemistry of every recovered cell.',
    tags: ['patch clamp', 'interneurons', 'slices'],
    license: 'CC-BY-4.0',
    ...published(histories.interneurons),
  },
  septum: {
    createdAt: '2022-09-05T10:00:00.000Z',
    name: 'Silencing the medial septum during foraging',
    tags: ['theta', 'optogenetics'],
  },
  arousal: {
    createdAt: '2021-03-22T08:00:00.000Z',
    name: 'Brain states from neurons to the whole brain',
    description: 'The same animals in functional ultrasound, functional MRI, EEG and anatomy.',
    tags: ['functional ultrasound', 'fMRI', 'EEG', 'arousal'],
    license: 'CC-BY-SA-4.0',
    repositoryLinks: [{ repository: 'ZENODO', url: 'https://deposits.example/records/9900812' }],
    ...published(histories.arousal),
  },
  larva: {
    createdAt: '2023-04-10T01:00:00.000Z',
    name: 'Optomotor responses of larval zebrafish',
    description: 'Light-field imaging of the whole brain while gratings move below the larva.',
    tags: ['zebrafish', 'light field'],
    license: 'CC-BY-4.0',
    ...published(histories.larva),
  },
  /** Only a plan so far: no sessions, and two animals that have not arrived. */
  exchange: { createdAt: '2024-05-13T01:00:00.000Z', name: 'Vocal exchange in marmosets (planning)' },
});
