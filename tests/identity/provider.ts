import { fork } from 'node:child_process';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the provider says of those who sign in, by what they type as their login. */
type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Provider {
  issuer: string;
  port: number;
  /** Signs in with a browser's requests: the form of the login, then that of the consent. */
  signIn(login: string): Promise<{ accessToken: string; idToken: string }>;
  /** What a program gets that acts for itself. */
  clientCredentials(): Promise<string>;
  stop(): Promise<void>;
}

interface Options {
  audience: string;
  keys: readonly JWK[];
  people: People;
  /** 0: any that is free. */
  port?: number;
}

const client = `Basic ${Buffer.from('portal:only-for-tests').toString('base64')}`;
const back = 'http://127.0.0.1/back';

/** A new key to sign with. */
export async function newKey(alg: string, kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid, use: 'sig' };
}

export async function startProvider({ port: wanted = 0, ...options }: Options): Promise<Provider> {
  const child = fork(join(__dirname, 'provider-process.mjs'), [JSON.stringify({ port: wanted, ...options })], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      const found = /port (\d+)/.exec((said += chunk.toString()))?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('exit', () => reject(new Error(`The provider did not start: ${said}`)));
  });
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    port,
    signIn: (login) => signIn(issuer, options.audience, login),
    clientCredentials: async () =>
      (await tokens(issuer, { grant_type: 'client_credentials', resource: options.audience, scope: 'read' }))
        .access_token,
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

async function signIn(issuer: string, audience: string, login: string): ReturnType<Provider['signIn']> {
  const visit = browser(issuer);
  const query = new URLSearchParams({
    ...{ client_id: 'portal', response_type: 'code', redirect_uri: back, resource: audience },
    scope: 'openid profile email read write',
    state: 'any',
    nonce: 'any',
  });
  let address = await visit(`${issuer}/auth?${query.toString()}`);
  address = await visit(address, { prompt: 'login', login, password: 'any' });
  address = await visit(address, { prompt: 'consent' });
  const code = new URL(address).searchParams.get('code')!;
  const got = await tokens(issuer, { grant_type: 'authorization_code', code, redirect_uri: back, resource: audience });
  return { accessToken: got.access_token, idToken: got.id_token };
}

/** Follows redirects with the cookies that were set, as far as a form that waits for a person, or out of the provider. */
function browser(issuer: string): (url: string, form?: Record<string, string>) => Promise<string> {
  const cookies = new Map<string, string>();
  return async (url, form) => {
    let body = form && new URLSearchParams(form);
    for (let address = url; ;) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(address, {
        ...(body && { method: 'POST', body }),
        headers: { cookie },
        redirect: 'manual',
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        cookies.set(name!, value!);
      }
      const next = answer.headers.get('location');
      if (next === null) {
        if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
        return address;
      }
      address = new URL(next, address).href;
      if (!address.startsWith(`${issuer}/`)) return address;
      body = undefined;
    }
  };
}

async function tokens(
  issuer: string,
  form: Record<string, string>,
): Promise<{ access_token: string; id_token: string }> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { authorization: client },
  });
  if (!answer.ok) throw new Error(`The provider gives no token: ${await answer.text()}`);
  return (await answer.json()) as { access_token: string; id_token: string };
}
