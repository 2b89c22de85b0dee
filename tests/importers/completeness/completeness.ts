import type { ColumnCount, Report } from '../../../src/importers/report';
import type { Entry } from '../../../src/tree/entry';
import { Found } from './found';
import { type Leaf, leavesIn } from './leaves';
import { isSaid } from './other-words';

/** Where each value of a set is after an import. */
interface Completeness {
  all: number;
  inProject: number;
  /** In the project in other words, which the report tells. */
  reworded: number;
  /** In the report, by column, as left out. */
  left: number;
  /** Values that are in neither. */
  neither: Leaf[];
  /** Columns that the report gives as left out, or as told in other words, and about which it should not. */
  wrongly: string[];
}

/**
 * What may be left out, and why: a column that is not here has to be mapped or kept. Schemas describe themselves, an archive
 * keeps its own books, and what is said of single channels and electrodes stays in the set.
 */
const mayBeLeft: [files: RegExp, column: RegExp][] = [
  [/^assets|^dandiset/, /(?:^|\.)schemaKey$|^schemaVersion$|^@context$|^id$|^manifestLocation$|^publishedBy\./],
  [/^assets/, /^created$|^modified$|dateModified$|blobDateModified$|contentUrl$|asset_id$/i],
  [/^assets/, /\.age\.unitText$|\.age\.valueReference\.value$|\.wasGeneratedBy\.name$/],
  [/_(?:channels|electrodes)\.tsv$/, /./],
  [/\.json$/, /(?:^|\.)(?:object_type|describedBy|schema_version)$|_unit$|common_name$|registry(?:\.\w+)?$/],
  // BrainSTEM's own books, people, what is of another project, and what its project tells of it.
  [/^(?:stem|modules|personal_attributes|taxonomies)\//, /^next$|^users\.|^licenses\.|\.links\.|\.rrid_url$/],
  [
    /^modules\//,
    /_schema_version$|\.(?:cre|upd)ated_at$|\.user$|^equipment\.date_time$|^data_acquisitions\.(?:id|session|equipment)$/,
  ],
  [
    /^stem\//,
    /\.(?:cre|upd)ated_at$|^(?:sessions|subjects)\.(?:id|name|projects|dataacquisition)$|^cohorts\.subjects$/,
  ],
  [
    /^personal_attributes\/|^taxonomies\//,
    /\.behavioral_paradigm$|^behavioral_paradigms\.|^breedings\.(?:id|name|project|father)$/,
  ],
  // What people note beside their tables.
  [/^notes\.txt$/, /^null$/],
  [/^Subjects\.csv$/, /^Name$/],
  [/_(?:events|physioevents)\.(?:json|tsv)$|^(?:derivatives(?:\/[^/]+)?|code|stimuli|sourcedata)\/$/, /^null$/],
];

/** Of records that contradict each other about one thing the latest counts: what another says of it is left out where the report tells that. */
const contradicted: [column: RegExp, about: string][] = [
  [/\.injection_materials\.titer$/, 'files disagree about the details.titer of one ConsumableStock: the latest counts'],
  [/^instrument\.type$/, 'files disagree about the name of one SetupType: the latest counts'],
];

/** Looks for every value of a set in what was imported of it, and for those that are not there in the report. */
function completenessOf(path: string, exported: readonly Entry[], report: Report): Completeness {
  const found = new Found(exported);
  const leaves = leavesIn(path);
  const [left, reworded] = [report.left, report.reworded].map((counts) => counts.map(matching));
  const missing = leaves.filter(({ value }) => !found.has(value));
  const isIn = (rows: Matching[], leaf: Leaf): boolean => rows.some((row) => row(leaf));
  const inOtherWords = missing.filter((leaf) => isIn(reworded!, leaf));
  const rest = missing.filter((leaf) => !isIn(reworded!, leaf));
  const neither = rest.filter((leaf) => !isIn(left!, leaf));
  const unsaid = inOtherWords.filter(({ value }) => !isSaid(value, found));
  return {
    all: leaves.length,
    inProject: leaves.length - missing.length,
    reworded: inOtherWords.length,
    left: rest.length - neither.length,
    neither,
    wrongly: [
      ...report.left.filter((row) => !mayLeave(row, report)).map(({ files, column }) => `${files} ${column}: left out`),
      ...new Set(unsaid.map(({ file, column, value }) => `${file} ${column} ${value}: not in other words`)),
    ],
  };
}

/** One line of what a set has come to. */
function shareOf(what: string, { all, inProject, reworded, left, neither }: Completeness): string {
  const share = (count: number): string => `${((100 * count) / Math.max(all, 1)).toFixed(1)} %`;
  return `${what}: ${all} values, ${share(inProject)} in the project, ${share(reworded)} in other words, ${share(left)} listed, ${neither.length} in neither`;
}

type Matching = (leaf: Leaf) => boolean;

function matching({ files, column }: ColumnCount): Matching {
  const escaped = files.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const form = new RegExp(files.endsWith('/') ? `^${escaped.join('.*')}` : `^${escaped.join('.*')}$`);
  return (leaf) => form.test(leaf.file) && (column === null || column === leaf.column);
}

function mayLeave({ files, column }: ColumnCount, { findings }: Report): boolean {
  const isTold = contradicted.some(
    ([name, about]) => name.test(String(column)) && findings.some(({ message }) => message === about),
  );
  return isTold || mayBeLeft.some(([file, name]) => file.test(files) && name.test(String(column)));
}

/** Expects that nothing of a set is in neither project nor report, and that the report says nothing that is not so. */
export function expectComplete(what: string, path: string, exported: readonly Entry[], report: Report): void {
  const completeness = completenessOf(path, exported, report);
  console.info(shareOf(what, completeness));
  expect([completeness.neither.slice(0, 20), completeness.wrongly]).toEqual([[], []]);
}
