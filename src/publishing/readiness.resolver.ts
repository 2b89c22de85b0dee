import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import type { Node } from '../model/node';
import { atMost } from '../model/bounds';
import { Priced } from '../model/price';
import { readId } from '../model/read-id';
import { ModuleTypes } from '../domain/module/module-types';
import { hiddenReferencesFinding } from './hidden-references';
import { sharedOutOfSightFindings } from './shared-out-of-sight';
import { Readiness, type Finding } from './readiness';
import { ReadinessFinding } from './readiness.types';

const moduleTypes = new ModuleTypes();
const mostFindings = 200;
const likelyFindings = 100;
const weights = { IMPORTANT: 0, WARNING: 1, INFO: 2 };

@Resolver()
export class ReadinessResolver {
  @Priced({ objects: likelyFindings })
  @Query(() => [ReadinessFinding], {
    nullable: true,
    description:
      'What an owner should look at before publishing a project, the most important first: gaps, impossible dates, references that will read as null, what is also in projects of others, and what looks like personal information. Null unless the viewer is an owner of the project. ' +
      `${atMost(mostFindings)}`,
  })
  async publishReadiness(
    @Arg('projectId', () => ID, { description: 'The id of the project.' }) projectId: string,
    @Ctx() context: Context,
  ): Promise<ReadinessFinding[]> {
    const id = readId(projectId, 'Project')!;
    const { snapshot, access, viewer, budget } = context;
    const readiness = new Readiness(snapshot, access, viewer, moduleTypes, id, budget.lane);
    const findings = [
      ...(await readiness.findings()),
      ...(await sharedOutOfSightFindings(snapshot, access, viewer, id)),
      ...(await hiddenReferencesFinding(snapshot, access, viewer, id)),
    ].sort((one, other) => weights[one.severity] - weights[other.severity]);
    findings.splice(mostFindings);
    return Promise.all(findings.map(async (finding) => ({ ...finding, object: await objectOf(finding, context) })));
  }
}

async function objectOf({ object }: Finding, { loaders }: Context): Promise<Node | null> {
  if (!object) return null;
  return loaders.visible(object.type).load(object.id);
}
