import type { PathLabels } from './labels';

/** A type of data acquisition, and what the report should say about the choice; null where nothing needs saying. */
export interface TypeChoice {
  type: string;
  doubt: { kind: 'NOT_UNDERSTOOD' | 'DECIDED'; message: string } | null;
}

/** Techniques that decide the type, the name of DANDI's technique first. */
const typesByTechnique = new Map([
  ['two-photon microscopy technique', 'TwoPhotonMicroscopy'],
  ['three-photon microscopy technique', 'ThreePhotonMicroscopy'],
  ['one-photon microscopy technique', 'SinglePhotonMicroscopy'],
  ['patch clamp technique', 'IntracellularEphys'],
  ['current clamp technique', 'IntracellularEphys'],
  ['voltage clamp technique', 'IntracellularEphys'],
  ['multi electrode extracellular electrophysiology recording technique', 'ExtracellularEphys'],
]);

const spikeSorting = 'spike sorting technique';

/** Techniques that say how data was treated or animals prepared, not what was recorded. */
const silentTechniques = [
  ...[spikeSorting, 'analytical technique', 'behavioral technique', 'fourier analysis technique'],
  ...['photographic technique', 'signal filtering technique', 'surgical technique'],
];

const electrophysiology = 'electrophysiological approach';
const behavior = 'behavioral approach';
const imaging = 'microscopy approach; cell population imaging';
const approaches = [electrophysiology, behavior, imaging, 'optogenetic approach'];

/** The ends of file names: those of `dandi organize`, then those of BIDS that leave no choice. */
const typesByModality = new Map([
  ['icephys', 'IntracellularEphys'],
  ['ecephys', 'ExtracellularEphys'],
  ['eeg', 'Electroencephalography'],
  ['meg', 'Magnetoencephalography'],
  ['bold', 'FunctionalMagneticResonanceImaging'],
  ['pet', 'PositronEmissionTomography'],
  ['T1w', 'MagneticResonanceImaging'],
  ['T2w', 'MagneticResonanceImaging'],
  ['OCT', 'OpticalCoherenceTomography'],
]);

const videoExtensions = ['.mp4', '.avi', '.wmv', '.mov', '.flv', '.mkv'];
const audioExtensions = ['.wav', '.mp3', '.flac'];
const general = 'GeneralTimeSeries';

/** What a file says about how it was recorded. */
export interface Evidence {
  labels: PathLabels;
  encodingFormat: string | null;
  approaches: string[];
  techniques: string[];
}

/**
 * The type of a file, from the strongest evidence to the weakest: what the file is (a video), a technique that leaves
 * no choice, the end of the file's name, then approach and spike sorting. A neural recording counts before behavior in
 * the same file. No type has required fields, so a type is claimed only for what it says by its name; where nothing
 * fits it is GeneralTimeSeries, with a doubt.
 */
export function chooseType(evidence: Evidence): TypeChoice {
  const { labels, encodingFormat, techniques } = evidence;
  const format = encodingFormat ?? '';
  if (format.startsWith('video/') || videoExtensions.includes(labels.extension)) return sure('VideoTracking');
  if (format.startsWith('audio/') || audioExtensions.includes(labels.extension)) return sure('Audio');
  const byTechnique = [...new Set(techniques.flatMap((technique) => typesByTechnique.get(technique) ?? []))];
  const byModality = [...new Set(labels.modalities.flatMap((modality) => typesByModality.get(modality) ?? []))];
  const [first, ...others] = byTechnique;
  if (first !== undefined) {
    const agreed = byTechnique.find((type) => byModality.includes(type));
    return others.length === 0
      ? sure(first)
      : doubtful(agreed ?? first, 'a file of several recording techniques has the type of one');
  }
  if (byModality[0] !== undefined) return sure(byModality[0]);
  return chooseByApproach(evidence);
}

function chooseByApproach({ labels, approaches: stated, techniques }: Evidence): TypeChoice {
  const images = labels.modalities.includes('ophys') || stated.includes(imaging);
  if (images) return doubtful(general, `imaging, but no technique says with which microscope: ${general}`);
  if (stated.includes(electrophysiology) && techniques.includes(spikeSorting)) {
    return doubtful('ExtracellularEphys', 'electrophysiology with sorted spikes is taken as ExtracellularEphys');
  }
  if (stated.includes(electrophysiology)) {
    return doubtful(general, `electrophysiology, but nothing says whether inside or outside of cells: ${general}`);
  }
  if (labels.modalities.includes('behavior') || stated.includes(behavior)) return sure('BehavioralTracking');
  return {
    type: general,
    doubt: { kind: 'NOT_UNDERSTOOD', message: `nothing says how a file was recorded: ${general}` },
  };
}

/** The approaches and techniques that no rule knows. */
export function unknownTerms({ approaches: stated, techniques }: Evidence): string[] {
  const unknownTechniques = techniques.filter(
    (name) => !typesByTechnique.has(name) && !silentTechniques.includes(name),
  );
  return [...stated.filter((name) => !approaches.includes(name)), ...unknownTechniques];
}

function sure(type: string): TypeChoice {
  return { type, doubt: null };
}

function doubtful(type: string, message: string): TypeChoice {
  return { type, doubt: { kind: 'DECIDED', message } };
}
