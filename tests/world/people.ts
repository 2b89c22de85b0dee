import type { WorldBuilder } from './builder';
import type { Row, TypeName, Value } from './world';

const roles = ['MEMBER', 'CONTRIBUTOR', 'MANAGER', 'OWNER'] as const;
const groupRoles = ['MEMBER', 'MANAGER', 'OWNER'] as const;
const acceptedAt = '2026-01-05T08:00:00.000Z';

/** The containers on which roles are held, and the column of a membership that names each. */
export const containers = {
  Project: 'projectId',
  BehavioralParadigm: 'behavioralParadigmId',
  Setup: 'setupId',
  DataStorage: 'dataStorageId',
  Inventory: 'inventoryId',
} as const satisfies Partial<Record<TypeName, string>>;

export type ContainerName = keyof typeof containers;
export const containerNames = Object.keys(containers) as ContainerName[];

export type Holder = { user: Row } | { group: Row };

/** Gives somebody a role on a container; pending until it is accepted. */
export function grant(
  builder: WorldBuilder,
  on: ContainerName,
  container: Row,
  holder: Holder,
  role: (typeof roles)[number],
  accepted = true,
): void {
  builder.add('Membership', {
    [containers[on]]: container.id,
    ...('user' in holder ? { userId: holder.user.id } : { groupId: holder.group.id }),
    role,
    acceptedAt: accepted ? acceptedAt : null,
  });
}

export function join(
  builder: WorldBuilder,
  group: Row,
  user: Row,
  role: (typeof groupRoles)[number],
  accepted = true,
): void {
  builder.add('GroupMembership', {
    groupId: group.id,
    userId: user.id,
    role,
    acceptedAt: accepted ? acceptedAt : null,
  });
}

/** A user with a token of theirs. */
export function addUser(builder: WorldBuilder, columns: Record<string, Value> = {}): Row {
  const user = builder.add('User', columns);
  builder.add('AccessToken', { userId: user.id });
  return user;
}

/** Users and groups; a few users are administrators, a few belong to groups, some are still invited. */
export function addUsersAndGroups(builder: WorldBuilder, users: number, groups: number): void {
  const { dice } = builder;
  const added = Array.from({ length: users }, () => addUser(builder, { isAdministrator: dice.chance(0.2) }));
  for (let made = 0; made < groups; made += 1) {
    const group = builder.add('Group');
    for (const user of added) if (dice.chance(0.4)) join(builder, group, user, dice.pick(groupRoles), dice.chance(0.7));
  }
}

export function addLaboratories(builder: WorldBuilder, count: number): void {
  const { dice, rows } = builder;
  for (let made = 0; made < count; made += 1) {
    const laboratory = builder.add('Laboratory', { groupId: dice.chance(0.7) ? dice.pick(rows.Group).id : null });
    for (const user of dice.some(rows.User, builder.least, 2))
      builder.link('laboratory_principal_investigator', { laboratoryId: laboratory.id, userId: user.id });
  }
}

/** What is public was published; and some of what is private once was. */
export function addHistories(builder: WorldBuilder, kind: ContainerName): void {
  for (const container of builder.rows[kind]) {
    const isPublic = container['isPublic'] === true;
    if (!isPublic && builder.least === 0) continue;
    builder.record(kind, container, 'PUBLISH');
    if (!isPublic) builder.record(kind, container, 'REVOKE');
  }
}

/** Gives these users and groups roles on these containers as the dice say; each at most one on each. */
export function addRandomRoles(
  builder: WorldBuilder,
  on: ContainerName,
  among: readonly Row[],
  holders: readonly Holder[],
): void {
  const { dice } = builder;
  for (const container of among) {
    for (const holder of holders)
      if (dice.chance(0.3)) grant(builder, on, container, holder, dice.pick(roles), dice.chance(0.7));
  }
}
