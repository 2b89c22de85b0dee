import 'reflect-metadata';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { applyMiddleware } from 'graphql-middleware';
import { rule, shield } from 'graphql-shield';
import { buildSchema } from 'type-graphql';
import { DataSource } from 'typeorm';
import { Loaders } from './context';
import * as e from './entities';
import * as resolvers from './resolvers';

/*
 * The textbook server: Apollo Server, type-graphql, the repositories of TypeORM behind dataloaders, and graphql-shield, as
 * their manuals show them.
 */

const [url, token, memberId] = process.argv.slice(2) as [string, string, string];

type Parent = Record<string, string | null>;
type Args = { id: string };

const allowed = (name: string, judge: (parent: Parent, args: Args, loaders: Loaders) => Promise<boolean>) =>
  rule(name, { cache: 'no_cache' })((parent: Parent, args: Args, loaders: Loaders) => judge(parent, args, loaders));

type Role = Parameters<Loaders['sees']>[0];

/** What a column of the parent names is seen. */
const sees = (role: Role, type: typeof e.Setup | typeof e.Inventory, column: string = role) =>
  allowed(`${role} ${column}`, async (parent, _args, loaders) => {
    const id = parent[column];
    const target = id == null ? null : await loaders.one<e.Setup>(type).load(id);
    return target !== null && loaders.sees(role, target);
  });

const permissions = shield(
  {
    Query: {
      project: allowed('project', async (_parent, { id }, loaders) => {
        const project = await loaders.one(e.Project).load(id);
        return project !== null && loaders.sees('projectId', project);
      }),
      session: allowed('session', (_parent, { id }, loaders) => loaders.seesAny(e.Session, id)),
      subject: allowed('subject', (_parent, { id }, loaders) => loaders.seesAny(e.Subject, id)),
    },
    Behavior: {
      setup: sees('setupId', e.Setup),
      behavioralParadigm: sees('behavioralParadigmId', e.BehavioralParadigm),
    },
    DataAcquisition: { dataStorage: sees('dataStorageId', e.DataStorage) },
    Procedure: {
      consumableStock: allowed('consumableStock', async (parent, _args, loaders) => {
        const id = parent['consumableStockId'];
        const stock = id == null ? null : await loaders.one(e.ConsumableStock).load(id);
        const inventory = stock && (await loaders.one(e.Inventory).load(stock.inventoryId));
        return inventory !== null && loaders.sees('inventoryId', inventory);
      }),
    },
  },
  { debug: true },
);

async function main(): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url, entities: e.entities, poolSize: 20 }).initialize();
  const schema = await buildSchema({ resolvers: Object.values(resolvers) as never, validate: false });
  const server = new ApolloServer<Loaders>({ schema: applyMiddleware(schema, permissions) });
  const { url: address } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) =>
      new Loaders(source, req.headers.authorization === `Bearer ${token}` ? memberId : undefined),
  });
  process.stdout.write(`${address.replace('localhost', '127.0.0.1')}graphql\n`);
}

void main();
