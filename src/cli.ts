#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { registerAdminCommands } from './commands/administrators';
import { registerOwnerCommands } from './commands/owners';
import { OperatorError } from './commands/run';
import { registerTokenCommands } from './commands/tokens';
import { registerUserCommands } from './commands/users';
import { registerWhoCanSee } from './commands/who-can-see';
import { readConfig } from './config';
import { openDatabase, type OpenDatabase } from './database/open';
import { StartupError } from './database/startup-error';
import { ImportError } from './importing/import-error';
import { UserNotFound } from './people/find-user';
import { failAndExit } from './startup';

/** The operator's commands. They use the database that the server uses, whether the server runs or not. */
const program = new Command('stemgraph').description("The operator's commands of a Stemgraph server.");
const open = (): Promise<OpenDatabase> => openDatabase(readConfig(process.env), { as: 'command' });

registerUserCommands(program, open);
registerTokenCommands(program, open);
registerAdminCommands(program, open);
registerOwnerCommands(program, open);
registerWhoCanSee(program, open);

/** What the operator can mend is told in one line; anything else is a fault of ours and keeps its stack. */
const tellable = [ImportError, OperatorError, UserNotFound];

program.parseAsync().catch((error: unknown) => {
  const isTellable = tellable.some((kind) => error instanceof kind);
  failAndExit(isTellable ? new StartupError((error as Error).message) : error);
});
