/** PostGraphile 5 on the same tables, with row level security, tuned as its manual advises. Prints its address. */
import { createServer } from 'node:http';
import { argv, stdout } from 'node:process';
import { PgManyToManyPreset } from '@graphile-contrib/pg-many-to-many';
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection';
import { grafserv } from 'grafserv/node';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';

const [connectionString, memberToken, memberId] = argv.slice(2);

const server = createServer();
server.on('error', (error) => {
  throw error;
});

await postgraphile({
  extends: [
    PostGraphileAmberPreset,
    PgSimplifyInflectionPreset,
    PgManyToManyPreset,
    PostGraphileConnectionFilterPreset,
  ],
  // It would offer no filter and no order by what has no index of its own, as its manual says.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString, schemas: ['public'], poolConfig: { max: 20 } })],
  // Only what the role may read is in its graph.
  gather: { pgStrictFunctions: true },
  schema: {
    defaultBehavior: '-insert -update -delete',
    connectionFilterRelations: true,
    pgOrderByNullsLast: true,
  },
  grafast: {
    explain: false,
    context: (given) => {
      const { authorization } = given.node?.req.headers ?? {};
      return { pgSettings: { 'peer.user_id': authorization === `Bearer ${memberToken}` ? memberId : '' } };
    },
  },
  grafserv: { graphiql: false, watch: false, graphqlPath: '/graphql' },
})
  .createServ(grafserv)
  .addTo(server);

server.listen(0, '127.0.0.1', () => stdout.write(`http://127.0.0.1:${server.address().port}/graphql\n`));
