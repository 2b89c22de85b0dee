import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../errors';
import { ImportProjectInput, ImportResult, mostEntries } from './import.types';
import { importTree } from './storing/import-tree';

/** The small form of `POST /import`. */
@Resolver()
export class ImportResolver {
  @Mutation(() => ImportResult, {
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
  ): Promise<ImportResult> {
    if (entries.length > mostEntries)
      throw badInput(`\`entries\` may have ${mostEntries} at most: send larger trees to POST /import.`);
    const given = entries.map((value, line) => ({ line, value }));
    const { projectId, attributes: _, faults, ...counts } = await importTree(context, given, { dryRun });
    return {
      ...counts,
      project: projectId === null ? null : await context.reread('Project', projectId),
      faults: faults.map(({ path, ...fault }) => ({ ...fault, path: path.slice(0, 100).map(String) })),
    };
  }
}
