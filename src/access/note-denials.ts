import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context';
import { hasColumn } from '../model/columns';
import { edgeOf, isWrittenAt, type ManyEdge } from '../model/edges';
import { typeOfId, type NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { mayBeTold, reasonFor } from './explain';

type Parent = Record<string, unknown> & { id?: string };

/**
 * Notes that a rule denied a field, for a request that asked why. A field that would be null anyway will not be told of:
 * that something is hidden there would be untrue, and that nothing is would be told to nobody else.
 */
export function noteDeniedField(parent: Parent | undefined, context: Context, info: GraphQLResolveInfo): void {
  const permission = context.access.permissions[info.parentType.name]?.[info.fieldName];
  if (!context.explanations || permission?.kind !== 'ruled' || !parent?.id) return;
  const type = info.parentType.name as NodeName;
  const note = { path: pathOf(info), parent: { type, id: parent.id } };
  const ifSet = hasColumn(type, info.fieldName) ? { ifSet: info.fieldName } : {};
  const { rule } = permission;
  switch (rule.kind) {
    case 'targetVisible': {
      const edge = edgeOf(type, info.fieldName);
      const id = edge.kind === 'reference' ? (parent[edge.column] as string | null) : null;
      if (id === null) return;
      const target = nameOf(edge.target());
      context.explanations.note({ ...note, reason: reasonFor(target), targets: [{ type: target, id }] });
      return;
    }
    case 'namedVisible': {
      const id = namedIn(rule.columns, parent);
      const target = id === undefined ? undefined : typeOfId(id);
      if (id === undefined || target === undefined) return;
      context.explanations.note({ ...note, reason: reasonFor(target), targets: [{ type: target, id }] });
      return;
    }
    case 'visibleWhereSet': {
      const ids = new Set(rule.columns.flatMap((column) => (parent[column] as string | null) ?? []));
      const targets = [...ids].map((id) => ({ type: rule.type, id }));
      context.explanations.note({ ...note, ...ifSet, reason: reasonFor(rule.type), targets });
      return;
    }
    case 'hasRole':
      context.explanations.note({
        ...note,
        ...ifSet,
        reason: { code: 'ROLE_TOO_LOW', needs: rule.atLeast },
        targets: [],
      });
      return;
    case 'isViewer':
    case 'isViewerIn':
      context.explanations.note({ ...note, ...ifSet, reason: { code: 'OWN_ACCOUNT_ONLY' }, targets: [] });
      return;
    case 'hasRoleOnArgument':
    case 'hasRoleOrUntil':
    case 'mayAct':
      return;
  }
}

/** The id in the one of these columns that is set. */
export function namedIn(columns: readonly string[], parent: Readonly<Record<string, unknown>>): string | undefined {
  return columns.flatMap((column) => (parent[column] as string | null) ?? [])[0];
}

/** Notes what the SQL condition left out of a list, for a request that asked why. */
export async function noteShortenedList(
  edge: ManyEdge,
  parent: Parent,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<void> {
  const owner = nameOf(edge.owner);
  if (!context.explanations || !context.access.isFiltered(owner, edge.field)) return;
  const noted = { type: owner, id: parent.id! };
  // Asked before anything is looked for: how long that takes would tell others how much is hidden.
  if (!(await mayBeTold(noted, context.askersLoaders))) return;
  // What refers to an object was written by others: of that, only what the asker could read themselves is told.
  const byOthers = !isWrittenAt(edge);
  if (byOthers && context.asker === context.viewer) return;
  const type = nameOf(edge.target());
  const ids = await context.loaders.leftOut(edge, byOthers ? context.asker : undefined).load(parent.id!);
  if (ids.length === 0) return;
  const targets = ids.map((id) => ({ type, id }));
  context.explanations.note({
    path: pathOf(info),
    parent: noted,
    reason: reasonFor(type),
    targets,
  });
}

function pathOf({ path }: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step; step = step.prev) keys.unshift(step.key);
  return keys;
}
