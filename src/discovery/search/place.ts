import type { Context } from '../../context';
import { resolveReference } from '../../loading/resolve';
import { allEdges, belongsTo, manyEdgeOf } from '../../model/edges';
import { isShared } from '../../model/families';
import { typeOfId } from '../../model/ids';
import { nameOf, type Node } from '../../model/node';

/** In what an object is, the outermost first, as far as the viewer sees it: of several projects the first that they see. */
export async function placeOf(node: Node, context: Context): Promise<Node[]> {
  const type = typeOfId(node.id)!;
  if (isShared(type)) {
    const page = { size: 1, fromEnd: false, after: undefined, before: undefined };
    const { entries } = await context.loaders.page(manyEdgeOf(type, 'projects'), page).load(node.id);
    return entries.slice(0, 1).map((entry) => entry.node);
  }
  const edge = allEdges().find((one) => nameOf(one.owner) === type && belongsTo(one));
  if (edge?.kind !== 'reference') return [];
  const holder = await resolveReference(edge, node as unknown as Record<string, unknown>, context);
  return holder ? [...(await placeOf(holder, context)), holder] : [];
}
