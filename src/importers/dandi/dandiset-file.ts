import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LineCounter, parseDocument, type Tags } from 'yaml';
import { ImportError } from '../import-error';
import { isRecord, type Json, type JsonRecord, textOf } from '../json';
import { parseJson, readWhole, reason, toRepair } from '../json-file';
import { decodeText, explainReadFailure } from '../text';

const names = ['dandiset.json', 'dandiset.yaml'] as const;

/** The set's own description, and the names of the files that were and were not read for it. */
export interface DandisetFile {
  /** What it holds, as it stands there. */
  stated: Json;
  path: string;
  name: string;
  passedOver: string[];
  /** Why the JSON file was not read, though it is there. */
  fault: ImportError | null;
}

/**
 * Reads `dandiset.json`, else `dandiset.yaml`, of a folder. Throws an ImportError for a folder without either, and where none
 * that is there is UTF-8, and JSON or YAML.
 */
export async function readDandisetFile(folder: string): Promise<DandisetFile> {
  const present = await namesPresent(folder);
  const [name, ...passedOver] = present;
  if (name === undefined) {
    const remedy = 'Give the folder of a DANDI set: the one that holds its dandiset.yaml or dandiset.json.';
    throw new ImportError({ file: folder, what: `There is no ${names.join(' or ')} here.`, remedy });
  }
  const stated = await statedIn(join(folder, name));
  if (!(stated instanceof ImportError)) return { stated, path: join(folder, name), name, passedOver, fault: null };
  const [other] = passedOver;
  const otherwise = other === undefined ? stated : await statedIn(join(folder, other));
  if (other === undefined || otherwise instanceof ImportError) throw stated;
  return { stated: otherwise, path: join(folder, other), name: other, passedOver: [], fault: stated };
}

async function statedIn(path: string): Promise<Json | ImportError> {
  try {
    const text = decodeText(await readWhole(path), path);
    return path.endsWith('.json') ? parseJson(text, path) : parseYaml(text, path);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
}

async function namesPresent(folder: string): Promise<string[]> {
  const folderIs = await stat(folder).catch((error: unknown) => explainReadFailure(folder, error));
  if (!folderIs.isDirectory()) {
    throw new ImportError({ file: folder, what: 'This is not a folder.', remedy: 'Give the folder of a DANDI set.' });
  }
  const found = await Promise.all(
    names.map((name) =>
      lstat(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return names.filter((_, index) => found[index]);
}

/** Plain numbers are left as texts: an award number is not to lose its zeros, nor an identifier to become a float. */
function parseYaml(text: string, path: string): Json {
  const lines = new LineCounter();
  const withoutNumbers = (tags: Tags): Tags =>
    tags.filter((tag) => typeof tag === 'string' || !/:(int|float)$/.test(tag.tag));
  try {
    const document = parseDocument(text, { lineCounter: lines, schema: 'core', customTags: withoutNumbers });
    const fault = document.errors[0];
    if (fault) throw faultyYaml(path, fault, lines.linePos(fault.pos[0]).line);
    return document.toJS() as Json;
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    const what = `The file is not usable YAML: ${reason(cause)}.`;
    throw new ImportError({ file: path, what, remedy: toRepair }, { cause });
  }
}

/** The parser's message without its picture of the place. */
function faultyYaml(path: string, fault: Error, line: number): ImportError {
  const what = `The file is not valid YAML: ${reason(fault).replace(/ at line \d+, column \d+:[^]*$/, '')}.`;
  return new ImportError({ file: path, line, what, remedy: toRepair }, { cause: fault });
}

/**
 * The identifier of a set in its one spelling: `900003`, `dandi:900003` and `{propertyID, value}` are `DANDI:900003`. Null
 * where none is stated.
 */
function identifierOf(value: Json | undefined): string | null {
  const text = textOf(isRecord(value) ? value.value : value);
  const number = text?.match(/^(?:dandi:)?(\d{6})(?:\/.*)?$/i)?.[1];
  return number === undefined ? text : `DANDI:${number}`;
}

/** Throws an ImportError for what describes no set. The description itself, also where it came from the archive's `/info/` with what the archive says about it around it. */
export function checkDandiset(value: Json, path: string): JsonRecord {
  const remedy = 'Give the folder of a DANDI set, with the dandiset file as the archive serves it.';
  const fault = (what: string): ImportError => new ImportError({ file: path, what, remedy });
  if (!isRecord(value)) throw fault('The file does not hold one object.');
  const described = isRecord(value.metadata) && value.metadata.identifier !== undefined ? value.metadata : value;
  const identifier = identifierOf(described.identifier);
  if (identifier === null) throw fault('The file states no identifier, which every set has.');
  if (textOf(described.name) === null) throw fault('The file states no name, which every set has.');
  return { ...described, identifier };
}
