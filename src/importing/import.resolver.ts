import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { actorOf, type Context } from '../context';
import { badInput } from '../errors';
import { ImportProjectInput, ImportProjectPayload, mostEntries } from './import.types';
import { importTree } from './storing/import-tree';

/** The small form of `POST /import`. */
@Resolver()
export class ImportResolver {
  @Mutation(() => ImportProjectPayload, {
    nullable: true,
    description:
      'Stores a whole project with everything in it, or brings one up to date: all of it or, if anything is wrong, nothing. ' +
      'Each entry is an object `{type, key, …}` with the fields of that type; references are keys of other entries; a ' +
      "module's own type is called `moduleType`. Exactly one entry is a Project; what it contains goes into that project. " +
      'Keys are remembered in the project: importing the same again changes nothing. Nothing is published by it, but what ' +
      'is new in a public project is public from the start. UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT (more than ' +
      `${mostEntries.toLocaleString('en-US')} entries), CONFLICT; what is wrong with the entries is in \`faults\`.`,
  })
  async importProject(
    @Arg('input', () => ImportProjectInput, { description: 'What to import.' }) { entries }: ImportProjectInput,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Says what would be done, and does nothing.' })
    dryRun: boolean,
    @Ctx() context: Context,
  ): Promise<ImportProjectPayload> {
    if (entries.length > mostEntries)
      throw badInput(`\`entries\` may have ${mostEntries} at most: send larger trees to POST /import.`);
    const given = entries.map((value, line) => ({ line, value }));
    const {
      projectId,
      attributes: _,
      state: _state,
      faults,
      ...counts
    } = await importTree(actorOf(context), given, { dryRun });
    const changed = !dryRun && counts.created + counts.updated > 0 && counts.rejected === 0;
    if (projectId === null) await context.readAnew();
    return {
      ...counts,
      changed,
      message: messageOf(dryRun, changed, faults.length),
      project: projectId === null ? null : await context.reread('Project', projectId),
      faults: faults.map(({ path, ...fault }) => ({ ...fault, path: path.slice(0, 100).map(String) })),
    };
  }
}

function messageOf(dryRun: boolean, changed: boolean, faults: number): string {
  if (faults > 0) return 'Nothing was stored: something is wrong with the tree, see `faults`.';
  if (dryRun) return 'Nothing was stored: this is what would be done.';
  return changed ? 'Stored.' : 'Nothing had to be changed: it is stored like this already.';
}
