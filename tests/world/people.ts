import type { WorldBuilder } from './builder';
import type { LinkName, Row, TypeName, Value } from './world';

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

/** Who has a role or is offered one: a user, a group, or an e-mail address, which a user may have proved to be theirs. */
export type Holder = { user: Row } | { group: Row } | { claimedBy: Row | null };

/** What is not accepted yet. */
export interface Offer {
  by: Row;
  until: string;
}

/** When an offer runs out that can be accepted, and when one did that cannot. */
export const stillOpen = '2100-01-01T00:00:00.000Z';
export const longOver = '2026-01-05T08:30:00.000Z';

/** Gives somebody a role on a container, or offers it. */
export function grant(
  builder: WorldBuilder,
  on: ContainerName,
  container: Row,
  holder: Holder,
  role: (typeof roles)[number],
  offer?: Offer,
): void {
  addMembership(builder, 'Membership', { [containers[on]]: container.id, role }, holder, offer);
}

export function join(
  builder: WorldBuilder,
  group: Row,
  holder: Exclude<Holder, { group: Row }>,
  role: (typeof groupRoles)[number],
  offer?: Offer,
): void {
  addMembership(builder, 'GroupMembership', { groupId: group.id, role }, holder, offer);
}

function addMembership(
  builder: WorldBuilder,
  type: 'Membership' | 'GroupMembership',
  columns: Record<string, Value>,
  holder: Holder,
  offer: Offer | undefined,
): void {
  const row = builder.add(type, {
    ...columns,
    ...('user' in holder && { userId: holder.user.id }),
    ...('group' in holder && { groupId: holder.group.id }),
    ...('claimedBy' in holder && { claimedById: holder.claimedBy?.id ?? null }),
    invitedEmail: null,
    acceptedAt: offer ? null : acceptedAt,
    invitedById: offer?.by.id ?? null,
    expiresAt: offer?.until ?? null,
  });
  if ('claimedBy' in holder) row['invitedEmail'] = builder.canary(type, row.id, 'invitedEmail');
}

/** Now and then an offer, which nobody has accepted. */
function chooseOffer({ dice, rows }: WorldBuilder): Offer | undefined {
  if (dice.chance(0.7)) return undefined;
  return { by: dice.pick(rows.User), until: dice.chance(0.7) ? stillOpen : longOver };
}

/** An offer to a user may be one to an address of theirs, whether they have proved that or not. */
function chooseHolder<H extends Holder>(
  { dice }: WorldBuilder,
  holder: H,
  offer?: Offer,
): H | { claimedBy: Row | null } {
  if (!offer || !('user' in holder) || dice.chance(0.5)) return holder;
  return { claimedBy: dice.chance(0.6) ? holder.user : null };
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
    for (const user of added) {
      if (!dice.chance(0.4)) continue;
      const offer = chooseOffer(builder);
      join(builder, group, chooseHolder(builder, { user }, offer), dice.pick(groupRoles), offer);
    }
  }
}

export function addLaboratories(builder: WorldBuilder, count: number): void {
  const { dice, rows } = builder;
  for (let made = 0; made < count; made += 1) {
    const laboratory = builder.add('Laboratory', {
      groupId: dice.chance(0.7) ? dice.pick(rows.Group).id : null,
      isApproved: dice.chance(0.5),
      proposedById: dice.chance(0.7) ? dice.pick(rows.User).id : null,
    });
    const [first, ...others] = dice.some(rows.User, builder.least, 3);
    const lead = (table: LinkName, user: Row): void =>
      builder.link(table, { laboratoryId: laboratory.id, userId: user.id });
    if (first) lead(dice.chance(0.6) ? 'laboratory_principal_investigator' : 'laboratory_invited_investigator', first);
    for (const user of others)
      lead(dice.chance(0.5) ? 'laboratory_principal_investigator' : 'laboratory_invited_investigator', user);
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
    for (const holder of holders) {
      if (!dice.chance(0.3)) continue;
      const offer = chooseOffer(builder);
      grant(builder, on, container, chooseHolder(builder, holder, offer), dice.pick(roles), offer);
    }
  }
}
