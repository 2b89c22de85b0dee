import './production';
import type { FastifyInstance } from 'fastify';
import { readConfig, type Config } from './config';
import { openDatabase } from './database/open';
import { StartupError } from './database/startup-error';
import { cast } from './demo/cast';
import { seedDemoIfEmpty } from './demo/seed';
import { writeDemoTokens } from './people/tokens/demo-tokens';
import { createServer } from './server';
import { runUntilStopped, type Program } from './startup';
import { provideTemporaryFolder } from './temporary-folder';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main({ onStop, interruptibly }: Program): Promise<void> {
  const config = readConfig(process.env);
  const opening = openDatabase(config, { as: 'server', onProgress: say });
  // Only a database of its own would be left running.
  const database = await (config.databaseUrl ? interruptibly(opening) : opening);
  onStop(() => database.close());
  await provideTemporaryFolder(config.dataDir, say);
  if (config.seedDemo ?? database.embedded) await seedDemoIfEmpty(database.dataSource, say);
  const demoTokens = database.embedded ? await writeDemoTokens(database.dataSource, config.dataDir, cast) : [];
  const app = await createServer(config, database.dataSource);
  onStop(() => app.close());
  await listen(app, config);
  demoTokens.forEach(say);
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    const address = await app.listen({ host, port });
    say(
      `Stemgraph is ready. Open ${address}/graphiql to explore, or send queries to ${address}/graphql. Ctrl-C stops it.`,
    );
  } catch (error) {
    throw new StartupError(explainListenFailure(error as NodeJS.ErrnoException, host, port));
  }
}

function explainListenFailure({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is already in use: stop what uses it, or set PORT to another one.`;
    case 'EACCES':
      return `Port ${port} may not be used by this account: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host}: set HOST to one that it has, such as 127.0.0.1.`;
    default:
      return `Cannot listen on ${host}:${port} (${message}): check HOST and PORT.`;
  }
}

runUntilStopped(main);
