import { Asking } from './asking';
import type { planned } from './data/make';
import { medianOf } from './measure';
import type { Stage } from './stage';

/** What writing takes: medians in milliseconds, by what is done. */
export async function measureWrites(
  stage: Stage,
  { plan, containers }: Pick<ReturnType<typeof planned>, 'plan' | 'containers'>,
): Promise<Record<string, number>> {
  const asking = new Asking(stage, 1);
  const ask = (query: string, variables: object): Promise<Record<string, unknown>> =>
    asking.ask({ query, variables: { ...variables }, asMember: true });
  const taken: Record<string, number> = {};
  try {
    const { published } = plan.size;
    for (const [index, sessions] of published.entries()) {
      const id = containers.project(plan.size.projects + index);
      const [publishing, revoking]: [number[], number[]] = [[], []];
      for (let round = 0; round < 5; round += 1) {
        publishing.push(await medianOf(1, () => ask(publish, { id })));
        revoking.push(await medianOf(1, () => ask(revoke, { id })));
      }
      const looking = await medianOf(3, () => ask(look, { id }));
      taken[`what publishing ${sessions} sessions would show`] = looking;
      taken[`publishing a project of ${sessions} sessions`] = middle(publishing);
      taken[`revoking a project of ${sessions} sessions`] = middle(revoking);
    }
    const projectId = containers.project(plan.size.projects);
    const made: string[] = [];
    taken['createSession'] = await medianOf(50, async () => {
      const { created } = await ask(create, { projectId });
      made.push((created as { session: { id: string } }).session.id);
    });
    taken['updateSession'] = await medianOf(50, () => ask(update, { id: made[0], text: `At ${performance.now()}` }));
    for (const id of made) await ask(remove, { id });
    return taken;
  } finally {
    asking.close();
  }
}

const publish = `mutation ($id: ID!) { publishProject(id: $id, confirm: true) { message } }`;
const look = `mutation ($id: ID!) { publishProject(id: $id) { impact { sessions modules } } }`;
const revoke = `mutation ($id: ID!) { revokeProject(id: $id) { message } }`;
const create = `mutation ($projectId: ID!) { created: createSession(input: { name: "Night 1", projectIds: [$projectId], tags: ["sleep"] }) { session { id } } }`;
const update = `mutation ($id: ID!, $text: String) { updateSession(id: $id, input: { description: $text }) { message } }`;
const remove = `mutation ($id: ID!) { deleteSession(id: $id) { message } }`;

function middle(times: number[]): number {
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)]!;
}
