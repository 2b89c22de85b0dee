import type { Reworded } from '../ledger';

/** What a set states and the project tells in other words, as `mapping.md` says. */
export const reworded: Reworded = [
  // CC0-1.0 for CC0, MALE for a code that the JSON explains, P34Y for 34.
  [/^participants\.tsv$/, /^(?:[a-z]+_)?(?:sex|gender|species|organism|animal|age(?:[^a-z].*)?)$/i],
  // `2 ECOG, 1 EOG`, and how many are bad.
  [/_channels\.tsv$/, /^(?:type|status)$/],
  // Sessions of their own.
  [/^participants\.tsv$/, /^session(?:_id)?$/i],
  // The bare DOI; a reference as its title and its address.
  [/^dataset_description\.json$/, /^(?:DatasetDOI|ReferencesAndLinks|License)$/],
  // The instant in UTC, the text as stated in extraFields.
  [/_(?:scans|sessions)\.tsv$/, /^acq_time$/],
];
