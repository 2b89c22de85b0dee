import { createServer } from 'node:http';
import { Pool } from 'pg';
import { workloads } from './workloads';

/*
 * The limit: one prepared statement for each question, behind the bare server of Node. What it takes, nothing that reads a
 * graph from this database can take less.
 */

const [connectionString, token, memberId] = process.argv.slice(2) as [string, string, string];
const nobody = '00000000-0000-0000-0000-000000000000';
const pool = new Pool({ connectionString, max: 20 });
const statements = new Map(
  workloads.map(({ query, limit }, index) => [query, { name: `limit_${index}`, text: limit }]),
);

const server = createServer((request, reply) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { query, variables } = JSON.parse(Buffer.concat(pieces).toString()) as {
      query: string;
      variables?: { id: string };
    };
    const viewer = request.headers.authorization === `Bearer ${token}` ? memberId : nobody;
    const { name, text } = statements.get(query)!;
    pool
      .query<{ answer: string }>({ name: `${name}`, text, values: [variables?.id ?? '', viewer] })
      .then(({ rows }) => {
        reply.setHeader('content-type', 'application/json');
        reply.end(`{"data":${rows[0]!.answer}}\n`);
      })
      .catch((error: unknown) => {
        reply.statusCode = 500;
        reply.end(String(error));
      });
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`http://127.0.0.1:${port}/graphql\n`);
});
