import { OperatorError } from '../commands/telling';
import type { IdentifierValue } from '../model/project-identifiers';
import type { Client } from './client';
import type { SourceTree } from './source-tree';

const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Project { viewerRole isPublic } } }`;

type Known = { id: string; viewerRole: string; isPublic: boolean } | null;

/** Schemes of which an identifier names one set. A DOI may be that of a paper about several, and sets of AIND share a project's name. */
const schemesOfSets: ReadonlySet<string> = new Set(['DANDI', 'OPENNEURO', 'BRAINSTEM']);

/**
 * The project of the holder of the token that bears the identifier of the set, where no import has made one under its key: somebody
 * has written it by hand. Anybody may claim an identifier, so only projects of their own count; and what an import has made of
 * another set stays that set's. Null where there is none. Throws where there are several, and where it is public: what is put into it
 * would be so at once, and nobody has asked for that.
 */
export async function knownByName({ entries }: SourceTree, client: Client): Promise<string | null> {
  const project = entries.find(({ type }) => type === 'Project');
  const identifiers = (project?.['identifiers'] ?? []) as IdentifierValue[];
  const ids = new Set<string>();
  for (const identifier of identifiers.filter(({ scheme }) => schemesOfSets.has(scheme)))
    for (const id of await client.named(identifier)) ids.add(id);
  if (ids.size === 0) return null;
  const { nodes } = await client.graphql<{ nodes: Known[] }>(query, { ids: [...ids].slice(0, 100) });
  const [own, another] = nodes.filter((node) => node?.viewerRole === 'OWNER');
  if (own && another)
    throw new OperatorError(
      `Several projects of yours have an identifier of this set: name one with --into ${own.id} or --into ${another.id}.`,
    );
  if (!own || !(await isWrittenByHand(own.id, client))) return null;
  if (own.isPublic)
    throw new OperatorError(`The project with the identifier of this set is public: name it with --into ${own.id}.`);
  return own.id;
}

/** Whether no import has made the project: then its key is its id. */
async function isWrittenByHand(id: string, client: Client): Promise<boolean> {
  const stored = await client.export(id);
  return stored.some(({ type, key }) => type === 'Project' && key === id);
}
