import type { GraphQLFieldResolver } from 'graphql';
import { cite } from '../citing/cite';
import type { ProjectRow } from '../citing/work';
import type { Context } from '../context';
import { resolveHistory } from '../loading/resolve';
import type { PageArgs } from '../model/connection';
import type { SharedType } from '../model/families';
import { typeOfId } from '../model/ids';
import { addressOfIdentifier, type IdentifierValue } from '../model/project-identifiers';
import { containerName, containerOf } from '../people/container-field';
import { recentlyEdited } from '../discovery/mine/recently-edited';
import { openInvitations } from '../people/invitation';
import { dataPathsOf } from './data-paths';

/** What stands behind a field of the graph, given the object that it is on. */
export type FieldResolver = GraphQLFieldResolver<Record<string, unknown>, Context, PageArgs>;

type Resolver<Parent> = (parent: Parent, args: PageArgs, context: Context) => unknown;
type Identified = { id: string };

const viewerRole: Resolver<Identified> = ({ id }, _args, { loaders }) => loaders.role(typeOfId(id)!).load(id);

const isShared: Resolver<Identified> = ({ id }, _args, { loaders }) =>
  loaders.isInHiddenProject(typeOfId(id) as SharedType).load(id);

/** Who published or revoked: an account that may be gone. */
const actingUser: Resolver<{ userId: string | null }> = ({ userId }, _args, { loaders }) =>
  userId && loaders.plain('User').load(userId);

/** What computes the fields that models declare as computed: by type and field, or by field where all types have the same. */
const computations: Readonly<Record<string, Resolver<never>>> = {
  viewerRole,
  isShared,
  visibilityHistory: resolveHistory,
  'Session.dataPaths': (session: Parameters<typeof dataPathsOf>[0], _args, context) => dataPathsOf(session, context),
  'Membership.container': (membership: Parameters<typeof containerOf>[0], _args, context) =>
    containerOf(membership, context),
  'Membership.containerName': (membership: Parameters<typeof containerName>[0], _args, context) =>
    containerName(membership, context),
  'User.recentlyEdited': (_user: object, _args, context) => recentlyEdited(context),
  'User.invitations': (user: object, _args, context) => openInvitations(user, context),
  'Project.citation': (project: ProjectRow, args, context) =>
    cite(project, args as unknown as { style: string }, context),
  'VisibilityChange.user': actingUser,
  'ProjectIdentifier.url': (identifier: IdentifierValue) => addressOfIdentifier(identifier),
};

/** What computes a field. Throws where nothing does: the server does not start then. */
export function computationOf(type: string, field: string): FieldResolver {
  const found = computations[`${type}.${field}`] ?? computations[field];
  if (!found)
    throw new Error(`${type}.${field} is declared as computed, but nothing computes it: see graph/computed.ts.`);
  return found as unknown as FieldResolver;
}
