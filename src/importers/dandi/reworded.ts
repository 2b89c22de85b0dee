import type { Reworded } from '../ledger';

/** What the report calls the list of assets, as lines and as pages. */
export const assetLines = 'assets.jsonl';
export const assetPages = 'assets*.json';

/** What a set states and the project tells in other words, as `mapping.md` says. */
export const reworded: Reworded = [
  // FEMALE for `http://purl.obolibrary.org/obo/PATO_0000383`, names of species for other spellings of them.
  [/^assets/, /wasAttributedTo\.(?:sex|species)\.(?:name|identifier)$/],
  // NWB for `application/x-nwb`.
  [/^assets/, /encodingFormat$/],
  // In UTC, the text as stated where it says more.
  [/^assets/, /wasGeneratedBy\.startDate$/],
  // AUTHOR for `dcite:Author`, `IsDescribedBy` for `dcite:IsDescribedBy`, a licence without `spdx:`, keywords one by one.
  [/^dandiset\./, /^contributor\.roleName$|^relatedResource\.relation$|^license$|^keywords$/],
];
