import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './reading';

/** Small inputs that others have seen fail. They are not part of this project: STEMGRAPH_CASES says where they lie. */
const cases = process.env['STEMGRAPH_CASES'] ?? join(__dirname, '../../../shared/data/cases');
const isHere = existsSync(join(cases, 'README.md'));

/** To be called once in a file: jest shows nothing of what is skipped. */
export function tellWhereCasesAre(): void {
  it('the cases are here, or the output says that only copies of their kinds were tested', () => {
    if (!isHere) console.warn(`NOT TESTED on the cases: there is no ${cases}. Set STEMGRAPH_CASES to them.`);
  });
}

/** The folders of one kind of input: one made up here, which is always there, and the one that was seen to fail. */
export function foldersOf(
  name: string,
  files: Record<string, string | Uint8Array>,
  part = '',
): [what: string, folder: () => string][] {
  return [
    [`a copy of ${name}`, () => folderOf(files)],
    ...(isHere ? [[name, () => join(cases, name, part)] as [string, () => string]] : []),
  ];
}
