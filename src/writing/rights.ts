import type { Role } from '../domain/people/role';
import { writableTypes, type WritableType } from '../model/families';
import { types, type RightsName } from '../model/types';

/** What it takes to write an object, beside an account and a token with the scope WRITE. */
export type Right =
  /** Nothing more. */
  | { kind: 'account' }
  /** This role on the object, or on what holds it; where it is created, on what it is created in. */
  | { kind: 'role'; atLeast: Role }
  /** This role on every project that it is in. */
  | { kind: 'roleOnEveryProject'; atLeast: Role }
  /** This role in the group that it belongs to; administrators always. */
  | { kind: 'roleOrAdministrator'; atLeast: Role }
  /** This role in the group that it belongs to, until it is approved; administrators always. */
  | { kind: 'roleUntilApproved'; atLeast: Role }
  /** Who proposed it, until it is approved; administrators always. */
  | { kind: 'proposer' };

/** To put something into projects: the one role where it is in one, the other on every one of them where in several. */
export interface RightInProjects {
  kind: 'roleInProjects';
  alone: Role;
  together: Role;
}

/** What it takes for each way to write. */
export interface Rights extends Record<'update' | 'delete', Right> {
  create: Right | RightInProjects;
}

type Action = 'create' | 'update' | 'delete';

const account: Right = { kind: 'account' };
const role = (atLeast: Role): Right => ({ kind: 'role', atLeast });
const all = (right: Right): Record<Action, Right> => ({ create: right, update: right, delete: right });

/** The table "Roles" of the domain: what it takes for each kind of types, of which the record of each type names its own. */
const kinds = {
  owned: { ...all(role('OWNER')), create: account },
  // Each owner of one of several projects decides for all of them: who could not publish themselves may not hand that over.
  inProjects: {
    create: { kind: 'roleInProjects', alone: 'CONTRIBUTOR', together: 'OWNER' },
    update: role('CONTRIBUTOR'),
    delete: { kind: 'roleOnEveryProject', atLeast: 'CONTRIBUTOR' },
  },
  inside: all(role('CONTRIBUTOR')),
  byOwners: all(role('OWNER')),
  proposed: { ...all({ kind: 'proposer' }), create: account },
  // What is approved stays as it was read.
  byGroup: {
    ...all({ kind: 'roleOrAdministrator', atLeast: 'MANAGER' }),
    update: { kind: 'roleUntilApproved', atLeast: 'MANAGER' },
  },
} as const satisfies Record<Exclude<RightsName, 'apart'>, Rights>;

/** What it takes to write objects of each type. */
export const rights = Object.fromEntries(writableTypes.map((type) => [type, kinds[types[type].rights]])) as Readonly<
  Record<WritableType, Readonly<Rights>>
>;

/**
 * What it takes, on every one of them, for a subject or session to be in so many projects: asked by whatever puts it into
 * one, be it new, linked or imported.
 */
export function roleToBeIn(projects: number): Role {
  const { alone, together } = kinds.inProjects.create;
  return projects > 1 ? together : alone;
}

/** A right as descriptions of mutations tell it. */
export function told(right: Right | RightInProjects): string {
  switch (right.kind) {
    case 'account':
      return 'Everybody with an account may';
    case 'role':
      return `It takes ${right.atLeast}`;
    case 'roleOnEveryProject':
      return `It takes ${right.atLeast} on every project that it is in`;
    case 'roleInProjects':
      return `It takes ${right.alone} on its project, and ${right.together} on every one of them where there are several, with the scope PUBLISH if these have not the same owners`;
    case 'roleOrAdministrator':
      return `It takes ${right.atLeast} of its group, or an administrator`;
    case 'roleUntilApproved':
      return `It takes ${right.atLeast} of its group until it is approved, an administrator always`;
    case 'proposer':
      return 'Whoever proposed it may until it is approved, administrators always';
  }
}
