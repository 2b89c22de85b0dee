import type { Client } from './client';
import type { Entry } from '../tree/entry';
import type { ImportOutcome } from '../tree/outcome';

interface Publishing {
  changed: boolean;
  message: string;
  impact: { digest: string };
}

const answer = '{ changed message impact { digest } }';

/**
 * Publishes what was imported as its owner would by hand: shows what would become visible, then confirms exactly that. With
 * the project go the data storages of an archive that the tree brought and refers to, and those protocols of them that it
 * brought.
 */
export async function publishImported(
  client: Client,
  { projectId, attributes }: ImportOutcome,
  { entries, isOfArchive }: { entries: readonly Entry[]; isOfArchive: boolean },
  say: (line: string) => void,
): Promise<void> {
  const used = new Set(
    entries.flatMap(({ dataStorage, dataStorages }) => [dataStorage, ...((dataStorages as []) ?? [])]),
  );
  const storages = attributes.filter(({ type, key }) => isOfArchive && type === 'DataStorage' && used.has(key));
  const project = await confirm(
    client,
    'publishProject',
    '$id: ID!, $with: [ID!]',
    'id: $id, attributeIds: $with',
    { id: projectId, with: storages.map(({ id }) => id) },
    say,
  );
  for (const { id, key } of storages) {
    const brought = entries.filter(({ type, dataStorage }) => type === 'DataStorageProtocol' && dataStorage === key);
    const closed = await closedProtocols(client, id, brought);
    if (closed.length === 0) continue;
    const variables = { id, protocols: closed };
    await confirm(
      client,
      'publishDataStorage',
      '$id: ID!, $protocols: [ID!]',
      'id: $id, protocolIds: $protocols',
      variables,
      say,
    );
  }
  say(project.changed ? 'Everybody can read it from now on.' : 'Everybody could read it already.');
}

/** The two steps of every publication: the question is shown, and what it was about is what is confirmed. */
async function confirm(
  client: Client,
  mutation: string,
  declared: string,
  given: string,
  variables: object,
  say: (line: string) => void,
): Promise<Publishing> {
  const ask = `mutation (${declared}) { done: ${mutation}(${given}) ${answer} }`;
  const asked = (await client.graphql<{ done: Publishing }>(ask, variables)).done;
  say(asked.message);
  const act = `mutation (${declared}, $digest: String!) { done: ${mutation}(${given}, confirm: true, ifImpact: $digest) ${answer} }`;
  return (await client.graphql<{ done: Publishing }>(act, { ...variables, digest: asked.impact.digest })).done;
}

async function closedProtocols(client: Client, storage: string, brought: readonly Entry[]): Promise<string[]> {
  const query =
    'query ($id: ID!) { dataStorage(id: $id) { protocols(first: 100) { nodes { id protocol path isPublic } } } }';
  const { dataStorage } = await client.graphql<{
    dataStorage: { protocols: { nodes: { id: string; protocol: string; path: string; isPublic: boolean }[] } };
  }>(query, { id: storage });
  return dataStorage.protocols.nodes
    .filter(
      (one) => !one.isPublic && brought.some(({ protocol, path }) => protocol === one.protocol && path === one.path),
    )
    .map(({ id }) => id);
}
