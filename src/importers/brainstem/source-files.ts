import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { ImportError } from '../import-error';
import { cleaned } from '../cleaning';
import type { Json } from '../json';
import { parseJson, readWhole } from '../json-file';
import { contentNotHere, sizeInPointer } from '../pointers';
import type { ReportWriter } from '../report';
import { decodeText, explainReadFailure, refuseNul } from '../text';

/** An answer of the API that was saved to a file. */
export interface SavedAnswer {
  /** Within the export, with `/`. */
  name: string;
  path: string;
  value: Json;
}

const remedy = 'Give a folder of answers of its API (sessions.json, subjects.json, …), or one file with all of them.';

/** Reads every JSON file at a path, in the order of their names. Throws an ImportError where one cannot be read whole. */
export async function readAnswers(
  path: string,
  report: ReportWriter,
  onRead: (read: number, all: number) => void,
): Promise<SavedAnswer[]> {
  const found = await stat(path).catch((error: unknown) => explainReadFailure(path, error));
  const root = found.isDirectory() ? path : dirname(path);
  const names = found.isDirectory() ? await namesIn(path, '', report) : [basename(path)];
  if (names.length === 0) throw new ImportError({ file: path, what: 'There is no .json file here.', remedy });
  const answers: SavedAnswer[] = [];
  for (const name of names) {
    answers.push(await readAnswer(root, name, report));
    onRead(answers.length, names.length);
  }
  return answers;
}

async function namesIn(root: string, within: string, report: ReportWriter): Promise<string[]> {
  const entries = await readdir(join(root, within), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const name = within === '' ? entry.name : `${within}/${entry.name}`;
    const isAnswer = entry.name.endsWith('.json');
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && !isAnswer) names.push(...(await namesIn(root, name, report)));
    else if (isAnswer) names.push(name);
    else {
      report.add('NOT_IMPORTED', 'a file that is no answer of the API: not read', { file: name }, name);
      report.leave(name, null, name);
    }
  }
  return names;
}

async function readAnswer(root: string, name: string, report: ReportWriter): Promise<SavedAnswer> {
  const path = join(root, name);
  await refuseAbsentContent(root, path);
  const text = decodeText(await readWhole(path), path);
  refuseNul(text, path);
  if (text.trim() === '')
    throw new ImportError({ file: path, what: 'The file is empty.', remedy: 'Get it again, or remove it.' });
  const value = clean(parseJson(text, path), { name, path }, report);
  report.ledger.noteAll(likePages(name), value);
  return { name, path, value };
}

/** A link is followed only within the export; what a pointer or a folder stands for is not here. */
async function refuseAbsentContent(root: string, path: string): Promise<void> {
  const target = await realpath(path).catch(() => null);
  const found = target === null ? null : await stat(target);
  const isInside = target !== null && !relative(await realpath(root), target).startsWith(`..${sep}`);
  if (!found?.isFile() || !isInside || (await sizeInPointer(target, found.size)) !== undefined)
    throw contentNotHere(path);
}

/** How far lists and objects of an answer stand in each other at most. */
const deepest = 100;

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function clean(value: Json, { name, path }: { name: string; path: string }, report: ReportWriter): Json {
  if (isDeeper(value, deepest)) throw new ImportError({ file: path, what: 'Values are nested too deeply.', remedy });
  return cleaned(value, report, { file: name }, path);
}

const ofPage = /[-_ .]*(?:page)?[-_ .]*(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27})$/i;

/** What the report calls the pages of a list, and files of one object each: `stem/sessions*.json`. */
function likePages(name: string): string {
  return `${name.replace(/\.json$/, '').replace(ofPage, '*')}.json`;
}

/** What kind of records a file holds by its name, where nothing in it says so: `session/3f….json`, `sessions-2.json`. */
export function namesOfKinds({ name }: SavedAnswer): string[] {
  const parts = name
    .replace(/\.json$/, '')
    .split('/')
    .reverse();
  return parts.map((part) => part.replace(ofPage, ''));
}
