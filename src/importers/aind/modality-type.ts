/** A modality as the source names it. */
export interface Modality {
  abbreviation: string | null;
  name: string | null;
}

/** The abbreviations and names of AIND's modalities, in lower case, and the types of data acquisition that they are. */
const types = new Map(
  Object.entries({
    ecephys: 'ExtracellularEphys',
    'extracellular electrophysiology': 'ExtracellularEphys',
    icephys: 'IntracellularEphys',
    'intracellular electrophysiology': 'IntracellularEphys',
    'behavior-videos': 'VideoTracking',
    'behavior videos': 'VideoTracking',
    behavior: 'BehavioralTracking',
    fib: 'FiberPhotometry',
    'fiber photometry': 'FiberPhotometry',
    mri: 'MagneticResonanceImaging',
    'magnetic resonance imaging': 'MagneticResonanceImaging',
    spim: 'SinglePhotonMicroscopy',
    'selective plane illumination microscopy': 'SinglePhotonMicroscopy',
    confocal: 'ConfocalMicroscopy',
    'confocal microscopy': 'ConfocalMicroscopy',
    eeg: 'Electroencephalography',
  }),
);

/** The type that holds any signal, for what has none of its own. */
export const general = 'GeneralTimeSeries';

/**
 * The type of a modality by its abbreviation or name; null where none says it: line projection and sequencing have
 * no type here, and planar imaging is with one photon or two, which the modality does not say. A light sheet excites with
 * one photon.
 */
export function modalityType(abbreviation: string | null, name: string | null): string | null {
  const known = [abbreviation, name].map((text) => types.get(text?.toLowerCase() ?? ''));
  return known.find((type) => type !== undefined) ?? null;
}

/** Whether a modality is imaging in planes, which does not say with how many photons. */
export function isPlanar({ abbreviation, name }: Modality): boolean {
  return abbreviation?.toLowerCase() === 'pophys' || /^planar optical physiology$/i.test(name ?? '');
}

/** Whether a modality records with probes, outside of cells. */
export function isExtracellular({ abbreviation, name }: Modality): boolean {
  return modalityType(abbreviation, name) === 'ExtracellularEphys';
}
