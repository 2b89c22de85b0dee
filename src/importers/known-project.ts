import { OperatorError } from '../commands/telling';
import type { IdentifierValue } from '../model/project-identifiers';
import type { Client } from './client';
import type { SourceTree } from './source-tree';

const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Project { viewerRole } } }`;

/**
 * The project of the holder of the token that bears an identifier of the set, where no import has made one under its key: somebody
 * has written it by hand, or another source has brought it in. Anybody may claim an identifier, so only projects of
 * their own count. Null where there is none; throws where there are several.
 */
export async function knownByName({ entries }: SourceTree, client: Client): Promise<string | null> {
  const project = entries.find(({ type }) => type === 'Project');
  const identifiers = (project?.['identifiers'] ?? []) as IdentifierValue[];
  const ids = new Set<string>();
  for (const identifier of identifiers) for (const id of await client.named(identifier)) ids.add(id);
  if (ids.size === 0) return null;
  const { nodes } = await client.graphql<{ nodes: ({ id: string; viewerRole: string } | null)[] }>(query, {
    ids: [...ids].slice(0, 100),
  });
  const [own, another] = nodes.filter((node) => node?.viewerRole === 'OWNER');
  if (own && another)
    throw new OperatorError(
      `Several projects of yours have an identifier of this set: name one with --into ${own.id} or --into ${another.id}.`,
    );
  return own?.id ?? null;
}
