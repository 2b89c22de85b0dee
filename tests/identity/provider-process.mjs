// A real OpenID Connect provider on loopback, in a process of its own. Started by provider.ts; prints its port.
import { createServer } from 'node:http';
import process from 'node:process';
import Provider from 'oidc-provider';

const { port, audience, keys, people } = JSON.parse(process.argv[2]);
const server = createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

const claimsOf = (id) => ({ sub: id, ...people[id] });
const resource = {
  scope: 'read write',
  audience,
  accessTokenFormat: 'jwt',
  accessTokenTTL: 300,
  jwt: { sign: { alg: keys[0].alg } },
};
const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
  clients: [
    {
      client_id: 'portal',
      client_secret: 'only-for-tests',
      redirect_uris: ['http://127.0.0.1/back'],
      grant_types: ['authorization_code', 'client_credentials'],
      id_token_signed_response_alg: keys[0].alg,
    },
  ],
  jwks: { keys },
  cookies: { keys: ['only-for-tests'] },
  claims: { openid: ['sub'], profile: ['name', 'roles'], email: ['email', 'email_verified'] },
  pkce: { required: () => false },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({ accountId: id, claims: async () => claimsOf(id) }),
  extraTokenClaims: async (_context, { accountId }) => (accountId ? people[accountId] : undefined),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => resource,
    },
  },
});
server.on('request', provider.callback());
process.stdout.write(`port ${server.address().port}\n`);
process.on('disconnect', () => process.exit());
