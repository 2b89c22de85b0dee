import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { tooLarge } from '../errors';
import type { Entry } from '../tree/entry';
import { Priced } from '../model/price';
import { readId } from '../model/read-id';
import { JSONObject } from '../model/scalars';
import { exportProject, mostEntries } from './export-project';

/** The small form of `GET /export/projects/<id>.ndjson`. */
@Resolver()
export class ExportResolver {
  @Priced({ objects: mostEntries })
  @Query(() => [JSONObject], {
    nullable: true,
    description:
      'A project with everything in it and what it refers to, as far as the viewer may see it: the entries that ' +
      '`importProject` takes. Hidden objects, and references to them, are left out. Null when there is no such project, or ' +
      `the viewer may not see it. At most ${mostEntries.toLocaleString('en-US')} entries: QUERY_TOO_LARGE where there are more.`,
  })
  async exportProject(
    @Arg('id', () => ID, { description: 'The id of the project.' }) text: string,
    @Ctx() { loaders, snapshot, access, tables, viewer }: Context,
  ): Promise<Entry[] | null> {
    const id = readId(text, 'Project');
    if (id === undefined || !(await loaders.visible('Project').load(id))) return null;
    const entries: Entry[] = [];
    for await (const entry of exportProject({ runner: snapshot, access, tables, viewer, projectId: id })) {
      if (entries.length === mostEntries)
        throw tooLarge(
          `The project has more than ${mostEntries} entries: read GET /export/projects/${id}.ndjson instead.`,
        );
      entries.push(entry);
    }
    return entries;
  }
}
