import { readAind } from './aind/read-aind';
import { readBrainstem } from './brainstem/read-brainstem';
import { csvTemplate } from './csv/template';
import { readCsv } from './csv/read-csv';
import { readBids } from './bids/read-bids';
import { readDandiset } from './dandi/read-dandiset';
import type { SourceTree, TemplateFile } from './source-tree';
import type { Place, Report } from './report';

/** What a source was read into, and everything about it that the reader of the result should know. */
export interface ReadSource {
  tree: SourceTree;
  report: Report;
  /** Where the source names each entry, by key: told where the server finds fault with one. */
  places?: ReadonlyMap<string, Place>;
}

/** How far the reading has come. */
type OnProgress = (done: number, all: number) => void;

type Read = (path: string, onProgress: OnProgress, given: Given) => Promise<ReadSource>;

/** What the person who imports says of a set. */
interface Given {
  /** Where clocks showed times that a set states without a zone; null where nobody has told it. */
  timeZone: string | null;
  /** Which project of a source that holds several, by id or name; null where nobody has said it. */
  project: string | null;
}

/** The formats that are read, each in a folder of its own with a table of what maps to what. */
export const sources: Readonly<Record<string, Read>> = {
  dandi: (path, onProgress) => readDandiset(path, ({ bytesRead, bytesTotal }) => onProgress(bytesRead, bytesTotal)),
  bids: (path, onProgress, { timeZone }) =>
    readBids(path, ({ filesRead, filesInSet }) => onProgress(filesRead, filesInSet), timeZone),
  csv: (path, onProgress, { timeZone }) =>
    readCsv(path, ({ tables, tablesTotal }) => onProgress(tables, tablesTotal), timeZone),
  brainstem: (path, onProgress, { timeZone, project }) => readBrainstem(path, onProgress, timeZone, project),
  aind: (path, onProgress) => readAind(path, ({ records, recordsTotal }) => onProgress(records, recordsTotal)),
};

/** Sources that people write by hand have a template: files that say what is to be written where. */
export const templates: Readonly<Record<string, () => TemplateFile[]>> = { csv: csvTemplate };
