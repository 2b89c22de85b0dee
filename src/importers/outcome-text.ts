import type { ImportFault, ImportOutcome } from '../tree/outcome';

const mostFaults = 15;

/** What is wrong with a tree, one fault a line. */
export function faultLines(faults: readonly ImportFault[]): string[] {
  const lines = faults
    .slice(0, mostFaults)
    .map(
      ({ key, path, message }) =>
        `  ${[key ?? 'The set', path.join('.')].filter((part) => part !== '').join(', ')}: ${message}`,
    );
  const more = faults.length - mostFaults;
  return more > 0 ? [...lines, `  … and ${more} more, see --report`] : lines;
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
