/*
 * Publishes a project: shows the question and what would become visible, and with --confirm publishes exactly that.
 *
 *   STEMGRAPH_TOKEN=stemgraph_… node schema/examples/publish.ts <project id> [--confirm]
 *
 * Node 22.18 or later runs it as it is; for an earlier one: npx swc schema/examples/publish.ts -o publish.js
 */
import { parseArgs } from 'node:util';

interface Publishing {
  message: string;
  impact: Record<string, number> & {
    digest: string;
    stillHidden: { type: string; name: string | null; references: number; paths: string[] }[];
  };
}

interface Answer {
  data?: { publishProject: Publishing } | null;
  errors?: { message: string }[];
}

const address = process.env['STEMGRAPH_URL'] ?? 'http://127.0.0.1:4000';
const token = process.env['STEMGRAPH_TOKEN'] ?? '';
const counts = 'subjects procedures sessions epochs modules logs collections cohorts sharedSubjects sharedSessions';
const mutation = `mutation ($id: ID!, $confirm: Boolean!, $ifImpact: String) {
  publishProject(id: $id, confirm: $confirm, ifImpact: $ifImpact) {
    message
    impact { ${counts} digest stillHidden { type name references paths } }
  }
}`;

/** Without `ifImpact` this only looks; with it, it publishes what was looked at, or fails where that has changed. */
async function publish(id: string, ifImpact?: string): Promise<Publishing> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: mutation, variables: { id, confirm: ifImpact !== undefined, ifImpact } }),
  });
  const { data, errors } = (await response.json()) as Answer;
  if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
  return data.publishProject;
}

function tell({ message, impact }: Publishing): void {
  console.log(message);
  for (const name of counts.split(' ')) console.log(`  ${name}: ${impact[name]}`);
  for (const { type, name, references, paths } of impact.stillHidden)
    console.log(`  still null: ${name ?? 'not shared with you'} (${type}), ${references} times in ${paths.join(', ')}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { confirm: { type: 'boolean' } } });
  const [id] = positionals;
  if (id === undefined || token === '') throw new Error('Give the id of a project, and a token in STEMGRAPH_TOKEN.');
  const look = await publish(id);
  tell(look);
  if (values.confirm) console.log((await publish(id, look.impact.digest)).message);
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
