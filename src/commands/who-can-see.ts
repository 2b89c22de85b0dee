import type { Command } from 'commander';
import type { DataSource, EntityManager } from 'typeorm';
import { accessInForce, type Access } from '../access/access';
import { whoCanSee, type Sighting } from '../access/who-can-see';
import { inTransaction } from '../database/transaction';
import { findObject } from './containers';
import { run, type Open } from './run';
import { OperatorError } from './telling';

/** `stemgraph who-can-see …` */
export function registerWhoCanSee(program: Command, open: Open): void {
  program
    .command('who-can-see')
    .description('Tell who can see an object, and which rule lets them.')
    .argument('<id>', 'the id of an object of any type')
    .action((id: string) => run(open, (dataSource) => tellWhoCanSee(dataSource, id)));
}

/** One line for each who can see the object, all of one moment. */
export async function tellWhoCanSee(
  dataSource: DataSource,
  text: string,
  access: Access = accessInForce,
): Promise<string[]> {
  const work = async (manager: EntityManager): Promise<string[]> => {
    const { type, id, label } = await findObject(manager, text);
    const sightings = await whoCanSee(manager, access, type, id);
    if (!sightings) throw new OperatorError(`There is no object with the id ${id}.`);
    if (sightings.length === 0) return [`Nobody can see the ${label}.`];
    return [
      `Who can see the ${label}:`,
      ...sightings.map((one) => `${nameOf(one, sightings)} — ${one.reasons.join('; ')}`),
    ];
  };
  return inTransaction(dataSource, work, { isolation: 'REPEATABLE READ' });
}

/** The name, with the id where several of them have the same. */
function nameOf({ audience, name }: Sighting, all: readonly Sighting[]): string {
  if (typeof audience === 'string' || all.filter((other) => other.name === name).length === 1) return name;
  return `${name} (${audience.userId})`;
}
