import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { accessInForce, type Access } from './access/access';
import { guardSchema } from './access/shield';
import type { Viewer } from './access/viewer';
import { defaultLimits, type RequestLimits } from './budget/limits';
import { meterSchema } from './budget/meter';
import { Turns } from './budget/turns';
import type { Config } from './config';
import { Context, type Foundation } from './context';
import { apolloOptions } from './graph/apollo';
import { keepTalliesShort } from './discovery/dashboard/compact-tallies';
import { buildGraph } from './graph/schema';
import { HotPages } from './hot-pages/hot-pages';
import { defaultHotPages } from './hot-pages/settings';
import { registerExport } from './exporting/export-route';
import { earlyRefusals, refuseBadRequests } from './http/bad-requests';
import { closeBeforeLong } from './http/closing';
import { checkGraphqlRequest } from './http/graphql-request';
import { registerHealth } from './http/health';
import { RequestCount } from './http/in-flight';
import { endWork, startWork } from './http/work';
import { endSlowClients } from './http/slow-clients';
import { limitSockets } from './http/sockets';
import { countUnreadAnswers } from './http/unread-answers';
import { readJsonBodies } from './http/json-body';
import { explainHeader, readLooks, viewAsHeader } from './http/view-as';
import { recogniseViewers } from './http/viewers';
import { signInWith } from './people/identity/sign-in';
import { registerImport } from './importing/import-route';
import { authenticate } from './people/tokens/authenticate';
import { loggerOptions } from './http/logging';
import { guardConnections } from './loading/guard-connections';
import { type StatementObserver } from './loading/snapshot';
import { readTables } from './loading/tables';
import { PlannerState } from './planning/planner-state';
import { registerGraphiql } from './portal/graphiql/plugin';
import { projectFolder } from './project-folder';
import { proxiesIn } from './shares/addresses';
import { shareConnections } from './shares/connections';
import { ServerShares } from './shares/server-shares';
import { defaultShares } from './shares/settings';

/** What tests may put in place of the real thing; main.ts passes none of it. */
export interface TestHooks {
  /** Who asks; in place of the credentials that a request brings. */
  viewerOf?: (request: FastifyRequest) => Viewer | Promise<Viewer>;
  /** The rules, with a part taken out. */
  access?: Access;
  /** Told of every SQL statement of every request. */
  onStatement?: StatementObserver;
  /** Whether every list is looked up when it is asked for, and nothing read ahead in one statement. */
  unplanned?: boolean;
  /** For how many milliseconds an identity provider is not asked for its keys again. */
  keyRest?: number;
  /** Where log lines go. */
  logTo?: NodeJS.WritableStream;
}

/** The largest request body: far more than any query needs. */
const largestBody = 1024 * 1024;

/** In milliseconds: so much later the database ends a statement itself, which a request's own budget has ended by then. */
const databaseWaits = 500;

/**
 * The server, ready to listen: HTTP, GraphQL, access and loaders over one database. Closing it ends the requests under
 * way first; the data source stays the caller's.
 */
export async function createServer(
  config: Pick<Config, 'corsOrigin' | 'logLevel'> &
    Partial<Pick<Config, 'oidc' | 'shares' | 'publicUrl' | 'hotPages'>> & { limits?: Partial<RequestLimits> },
  dataSource: DataSource,
  hooks: TestHooks = {},
): Promise<FastifyInstance> {
  const shares = config.shares ?? defaultShares;
  const isProxy = proxiesIn(shares.trustProxy);
  const app = Fastify({
    trustProxy: isProxy,
    ...loggerOptions(config.logLevel, hooks.logTo),
    ...earlyRefusals,
    bodyLimit: largestBody,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
  });
  const access = hooks.access ?? accessInForce;
  const schema = meterSchema(guardSchema(buildGraph(), access.permissions));
  const pool = (dataSource.driver as unknown as { master: Pool }).master;
  const limits = { ...defaultLimits, ...config.limits };
  const unguard = await guardConnections(pool, limits.sqlTime + databaseWaits);
  const unshare = shareConnections(pool, shares);
  const endTallies = keepTalliesShort(pool, (error) => app.log.warn(error, 'Adding up the tallies has failed.'));
  app.addHook('onClose', async () => {
    await endTallies();
    unshare();
    unguard();
  });
  const foundation: Foundation = {
    dataSource,
    pool,
    access,
    tables: readTables(dataSource, access),
    limits,
    turns: new Turns(),
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
    ...(!hooks.unplanned && { planner: new PlannerState() }),
    ...(hooks.onStatement && { onStatement: hooks.onStatement }),
  };

  const options = apolloOptions(schema, app.log, limits);
  const apollo = new ApolloServer<Context>({
    ...options,
    plugins: [...options.plugins, fastifyApolloDrainPlugin(app)],
  });
  await apollo.start();

  limitSockets(app, shares.sockets, isProxy);
  const requests = new RequestCount(shares.requests, new ServerShares(shares, pool.options.max));
  requests.count(app);
  await app.register(cors, {
    origin: config.corsOrigin === '*' ? '*' : config.corsOrigin.split(',').map((origin) => origin.trim()),
    methods: ['GET', 'POST'],
    strictPreflight: false,
    allowedHeaders: ['Content-Type', 'Authorization', 'Accept', viewAsHeader, explainHeader],
    exposedHeaders: ['X-Request-Id'],
    maxAge: 86_400,
  });
  endSlowClients(app, shares.transfers);
  countUnreadAnswers(app);
  readJsonBodies(app);
  refuseBadRequests(app);
  requests.refuseTooMany(app);
  const signIn = config.oidc && signInWith(config.oidc, dataSource, hooks.keyRest);
  const viewerOf = recogniseViewers(
    app,
    hooks.viewerOf ?? ((request) => authenticate(pool, request.headers.authorization, signIn)),
    (request, viewer) => requests.putOnAccount(request, viewer),
  );
  const lookOf = readLooks(app, foundation, viewerOf);
  const room = config.hotPages ?? defaultHotPages;
  const hotPages = room > 0 ? new HotPages(pool, room, lookOf) : undefined;
  app.addHook('onClose', async () => hotPages?.close());
  closeBeforeLong(app);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preHandler: [startWork, checkGraphqlRequest, ...(hotPages ? [hotPages.answer] : [])],
    onSend: [endWork, ...(hotPages ? [hotPages.keep] : [])],
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => {
        const context = new Context(foundation, lookOf(request));
        return hotPages?.follow(request, context) ?? context;
      },
    }),
  });
  await app.register(registerExport, { foundation, lookOf });
  await app.register(registerImport, { foundation, lookOf });
  registerHealth(app, dataSource);
  await app.register(registerGraphiql, {
    endpoint: '/graphql',
    operationsDir: join(projectFolder, 'schema', 'operations'),
  });
  app.get('/', (_request, reply) => reply.redirect('/graphiql'));
  return app;
}
