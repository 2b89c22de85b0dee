import type { ReadSource } from './sources';
import type { ImportFault, ImportOutcome } from '../tree/outcome';

const mostFaults = 15;

/** The first of some faults, a line each. */
export function listed(faults: readonly string[]): string[] {
  const lines = faults.slice(0, mostFaults).map((fault) => `  ${fault}`);
  const more = faults.length - mostFaults;
  return more > 0 ? [...lines, `  … and ${more} more, see --report`] : lines;
}

/** What is wrong with a tree, one fault a line, with where the source names it. */
export function faultLines(faults: readonly ImportFault[], places: ReadSource['places']): string[] {
  return listed(
    faults.map(({ key, path, message }) => {
      const place = key === null ? undefined : places?.get(key);
      const where = place && `${place.file}${place.line === undefined ? '' : `, line ${place.line}`}`;
      const parts = [where ?? '', key ?? 'The set', path.join('.')];
      return `${parts.filter((part) => part !== '').join(', ')}: ${message}`;
    }),
  );
}

/** What was done, or (dry) would be. */
export function outcomeLines(
  { projectId, created, updated, unchanged, isPublic }: ImportOutcome,
  dryRun: boolean,
): string[] {
  const [made, changed] = dryRun ? ['to be made', 'to be changed'] : ['made', 'changed'];
  return [
    created + updated === 0
      ? `Nothing ${dryRun ? 'would change' : 'has changed'}: ${unchanged} are as they were.`
      : `${created} ${made}, ${updated} ${changed}, ${unchanged} as they were.`,
    ...(isPublic && created > 0 ? ['The project is public: everybody can read what is new in it.'] : []),
    ...(projectId === null ? [] : [`The project's id: ${projectId}`]),
    ...(dryRun ? ['This was a dry run: nothing is stored.'] : []),
  ];
}

/** Where to go on: the project's address, and a query to paste. */
export function whereToLook(projectId: string, origin: string, address: string): string[] {
  const page = 'totalCount nodes { name }';
  return [
    `All of it, as far as you may see it: ${address}`,
    `To look into it, paste this at ${origin}/graphiql:`,
    `{ project(id: "${projectId}") { name isPublic subjects(first: 5) { ${page} } sessions(first: 5) { ${page} } } }`,
  ];
}
