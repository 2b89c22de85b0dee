#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { readConfig } from './config';
import { openDatabase } from './database/open';
import { StartupError } from './database/startup-error';
import { importDandi, type ImportOptions } from './importing/command';
import { ImportError } from './importing/import-error';
import { failAndExit } from './startup';

/** The operator's commands. They use the database that the server uses, whether the server runs or not. */
const program = new Command('stemgraph').description("The operator's commands of a Stemgraph server.");

const importing = program.command('import').description('Load a published data set into the database.');

importing
  .command('dandi')
  .description('Load a published DANDI set: dandiset.json or dandiset.yaml, and assets.jsonl where there is one.')
  .argument('<folder>', 'the folder that holds the files')
  .option(
    '--owner <user>',
    "the id, e-mail address or ORCID iD of the user who will own it (default: the operator's own account)",
  )
  .option('--public', 'publish the project and its data storage, as the operator', false)
  .action((folder: string, options: ImportOptions) =>
    importDandi(folder, options, () => openDatabase(readConfig(process.env), { as: 'command' })),
  );

program.parseAsync().catch((error: unknown) => {
  failAndExit(error instanceof ImportError ? new StartupError(error.message) : error);
});
