import { randomBytes } from 'node:crypto';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { readExamples } from './examples';
import { ASSETS_PATH, EXAMPLES_PATH, MANIFEST_FILE, PAGE_PATH, defaultBundleDir, readManifest } from './layout';
import { contentSecurityPolicy, renderPage } from './page';

/** Settings of the GraphiQL page. */
export interface GraphiqlOptions {
  /** The GraphQL endpoint, as a path on this server, e.g. `/graphql`. */
  endpoint: string;
  /** The folder whose `*.graphql` files are offered as examples. */
  operationsDir: string;
  /** Where the bundle was built; by default where `npm run build` puts it. */
  bundleDir?: string;
}

const NOT_BUILT = 'GraphiQL has not been built yet. Run `npm run build`, then reload this page.\n';

/**
 * Serves GraphiQL at `/graphiql`, its files below `/graphiql/assets/`, and the examples as `/graphiql/examples.json`.
 * Call it directly, or hand it to `app.register` together with its options.
 */
export async function registerGraphiql(app: FastifyInstance, options: GraphiqlOptions): Promise<void> {
  const bundleDir = options.bundleDir ?? defaultBundleDir();
  const examples = await readExamples(options.operationsDir);

  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'content-security-policy': contentSecurityPolicy(),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    });

    scope.get(PAGE_PATH, async (_request, reply) => {
      // Never validated by ETag: a "not modified" answer would pair a stored page with a new nonce.
      reply.header('cache-control', 'no-cache');
      const manifest = readManifest(bundleDir);
      if (!manifest) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
      const nonce = randomBytes(16).toString('base64');
      reply.header('content-security-policy', contentSecurityPolicy(nonce));
      const page = renderPage({ manifest, endpoint: options.endpoint, nonce });
      return reply.type('text/html; charset=utf-8').send(page);
    });

    scope.get(EXAMPLES_PATH, async (_request, reply) => reply.header('cache-control', 'no-cache').send(examples));

    await scope.register(fastifyStatic, {
      root: bundleDir,
      prefix: ASSETS_PATH,
      decorateReply: false,
      index: false,
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      allowedPath: (path) => !path.endsWith(MANIFEST_FILE),
    });
  });
}
