#!/usr/bin/env node
import './production';
import 'reflect-metadata';
import { Command } from 'commander';
import { registerAdminCommands } from './commands/administrators';
import { registerOwnerCommands } from './commands/owners';
import { OperatorError } from './commands/telling';
import { registerTokenCommands } from './commands/tokens';
import { registerUserCommands } from './commands/users';
import { registerVerify } from './commands/verify';
import { registerWhoCanSee } from './commands/who-can-see';
import { readConfig } from './config';
import { openDatabase, type OpenDatabase } from './database/open';
import { StartupError } from './database/startup-error';
import { registerImportCommand } from './importers/command';
import { ImportError } from './importers/import-error';
import { UserNotFound } from './people/find-user';
import { failAndExit } from './startup';

/** Importing is for owners and asks a running server; the rest is the operator's, on the server's database, whether it runs or not. */
const program = new Command('stemgraph').description("Imports into a Stemgraph server, and its operator's commands.");
const open = (): Promise<OpenDatabase> => openDatabase(readConfig(process.env), { as: 'command' });

registerImportCommand(program, () => readConfig(process.env).dataDir);
registerUserCommands(program, open);
registerTokenCommands(program, open);
registerAdminCommands(program, open);
registerOwnerCommands(program, open);
registerWhoCanSee(program, open);
registerVerify(program, open);

/** What the operator can mend is told in one line; anything else is a fault of ours and keeps its stack. */
const tellable = [ImportError, OperatorError, UserNotFound];

program.parseAsync().catch((error: unknown) => {
  const isTellable = tellable.some((kind) => error instanceof kind);
  failAndExit(isTellable ? new StartupError((error as Error).message) : error);
});
