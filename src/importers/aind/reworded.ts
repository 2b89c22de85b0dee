import type { Reworded } from '../ledger';

const anywhere = /./;

/** What a source states and the project tells in other words, as `mapping.md` says. */
export const reworded: Reworded = [
  // `mm` for millimeter.
  [anywhere, /_unit$/],
  // FEMALE for Female.
  [anywhere, /\bsex$/],
  // In UTC, or in seconds from the session's start.
  [anywhere, /_time$/],
  // Types of modules for kinds of procedures and stimuli.
  [anywhere, /procedure_type$|stimulus_modalities$|anaesthesia\.(?:anaesthetic_)?type$/],
  // A virus solution for material of the type Virus.
  [anywhere, /injection_materials\.material_type$/],
  // `Stereotaxic_BregmaAbsolute`, and days as their midnight.
  [anywhere, /coordinate(?:s)?_reference$|_orientation$|end_date$/],
  // A bucket and a path for `s3://…`.
  [anywhere, /^location$/],
  // The number of a taxon, a bare ORCID iD.
  [anywhere, /(?:species|investigators|fundee)\.registry_identifier$/],
  // `ALLEN_MOUSE` for CCFv3.
  [anywhere, /\.atlas$/],
];
