const general = 'GeneralTimeSeries';
const functional = 'FunctionalMagneticResonanceImaging';
const structural = 'MagneticResonanceImaging';

/** The suffixes of BIDS whose meaning is that of a type. */
const sure = new Map([
  ['ecephys', 'ExtracellularEphys'],
  ['icephys', 'IntracellularEphys'],
  ['eeg', 'Electroencephalography'],
  ['meg', 'Magnetoencephalography'],
  ['bold', functional],
  ['cbv', functional],
  ['pet', 'PositronEmissionTomography'],
  ['motion', 'BehavioralTracking'],
  ['CONF', 'ConfocalMicroscopy'],
  ['2PE', 'TwoPhotonMicroscopy'],
  ['OCT', 'OpticalCoherenceTomography'],
  ['uCT', 'ComputedTomography'],
  ['ct', 'ComputedTomography'],
  ['audio', 'Audio'],
  ['video', 'VideoTracking'],
  ...'T1w T2w T2star T2starw FLAIR PDw PDT2 PD inplaneT1 inplaneT2 angio UNIT1 T1map T2map T2starmap MP2RAGE MEGRE MESE VFA IRT1'
    .split(' ')
    .map((suffix): [string, string] => [suffix, structural]),
  ...'dwi asl m0scan phase phase1 phase2 phasediff magnitude magnitude1 magnitude2 fieldmap epi svs mrsi unloc mrsref'
    .split(' ')
    .map((suffix): [string, string] => [suffix, structural]),
]);

/** The suffixes for which a type was chosen that says less, or a little else; the report says so. */
const decided = new Map([
  ['ieeg', 'ExtracellularEphys'],
  ['emg', general],
  ['nirs', general],
  ['sbref', functional],
  ['beh', 'BehavioralTracking'],
  ['physio', general],
  ['stim', general],
  ['eyetrack', 'BehavioralTracking'],
  ['XPCT', 'ComputedTomography'],
  ...['TEM', 'SEM', 'BF', 'DF', 'PC', 'DIC', 'FLUO', 'PLI', 'CARS', 'MPE', 'SR', 'NLO', 'SPIM'].map(
    (suffix): [string, string] => [suffix, general],
  ),
]);

/** Whether files of a suffix are recordings; other suffixes describe them or stand beside them. */
export function isRecordingSuffix(suffix: string): boolean {
  return sure.has(suffix) || decided.has(suffix);
}

/** The type of a recording, and what the report should say about the choice; null where nothing needs saying. */
export function typeOf(suffix: string): { type: string; doubt: ['NOT_UNDERSTOOD' | 'DECIDED', string] | null } {
  const known = sure.get(suffix);
  if (known !== undefined) return { type: known, doubt: null };
  const chosen = decided.get(suffix);
  if (chosen !== undefined) return { type: chosen, doubt: ['DECIDED', `recordings of the kind _${suffix}: ${chosen}`] };
  return { type: general, doubt: ['NOT_UNDERSTOOD', `a recording of a kind that BIDS does not name: ${general}`] };
}

const formats = new Map([
  ['.edf', 'EDF'],
  ['.bdf', 'BDF'],
  ['.vhdr', 'BrainVision'],
  ['.vmrk', 'BrainVision'],
  ['.eeg', 'BrainVision'],
  ['.set', 'EEGLAB'],
  ['.fdt', 'EEGLAB'],
  ['.nwb', 'NWB'],
  ['.nix', 'NIX'],
  ['.mefd', 'MEF3'],
  ['.fif', 'FIF'],
  ['.ds', 'CTF'],
  ['.nii', 'NIfTI'],
  ['.nii.gz', 'NIfTI'],
  ['.snirf', 'SNIRF'],
  ['.ome.tif', 'OME-TIFF'],
  ['.ome.zarr', 'OME-Zarr'],
]);

/** The format that an extension means in BIDS, else the extension itself in capitals; null for none. */
export function formatOf(extension: string): string | null {
  return extension === '' ? null : (formats.get(extension) ?? extension.slice(1).toUpperCase());
}
