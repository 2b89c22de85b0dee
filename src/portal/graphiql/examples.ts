import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One example operation, as offered in the "Examples" panel. */
export interface Example {
  /** The file's name without its extension. */
  name: string;
  /** The first line of the leading comment, or the name in words, without a number that only sorts. */
  title: string;
  /** The rest of the leading comment; may be empty. */
  description: string;
  /** The whole text of the file, comment included. */
  query: string;
}

function inWords(name: string): string {
  const words = name.replace(/^\d+[-_]/, '').replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Reads one example: its title and description are the comment lines at the very top of the text. */
export function parseExample(name: string, query: string): Example {
  const comment: string[] = [];
  for (const line of query.split(/\r?\n/)) {
    const match = /^\s*#\s?(.*)$/.exec(line);
    if (!match) break;
    comment.push((match[1] ?? '').trim());
  }
  const first = comment.findIndex((line) => line !== '');
  const title = first < 0 ? inWords(name) : (comment[first] ?? name);
  const description = first < 0 ? '' : comment.slice(first + 1).join(' ');
  return { name, title, description: description.replace(/\s+/g, ' ').trim(), query };
}

/** Reads every `*.graphql` file directly in `folder`, in the order of their names; a missing folder holds none. */
export async function readExamples(folder: string): Promise<Example[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.graphql'));
  const names = files.map((entry) => entry.name).sort();
  return Promise.all(
    names.map(async (file) => parseExample(file.replace(/\.graphql$/, ''), await readFile(join(folder, file), 'utf8'))),
  );
}
