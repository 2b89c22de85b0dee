import type { Viewer } from '../../src/access/viewer';
import type { PublicFlags } from './attributes';
import type { WorldBuilder } from './builder';
import { addUser, containerNames, grant, join, longOver, stillOpen, type Offer } from './people';
import type { Proposal } from './terms';
import type { LinkName, Row, World } from './world';

/**
 * The cast of a full world. Of each kind of container (project, paradigm, setup, storage, inventory) the cast plays on
 * the first four: a private and a public one on which its members have roles, and a private and a public one of somebody
 * else. Nobody of the cast but the outsider has a role anywhere else.
 */
export const castNames = [
  /** Has an account, and no role anywhere. */
  'stranger',
  /** Was offered ownership of everything, and by e-mail a place with the crew and the outsider; has accepted nothing. */
  'invitee',
  'member',
  'contributor',
  'manager',
  'owner',
  /** A member on two projects, with no role on any attribute. */
  'colleague',
  /** An owner of attributes, with no role on any project. */
  'engineer',
  /** Has roles only through a group, the crew. */
  'crewMember',
  /** Manages the crew, which has a lower role on the containers. */
  'crewManager',
  /** Was invited into the crew and has not accepted; what the outsider offered has expired. */
  'crewInvitee',
  /** Belongs to a group to which roles were offered, which nobody has accepted. */
  'waiting',
  /** Proposed some of the terms that await approval. */
  'proposer',
  /** Approves terms; has no role anywhere. */
  'administrator',
  /** Owns what the rest of the cast has no role on, and manages the group that is waiting. */
  'outsider',
] as const;

export type CastName = (typeof castNames)[number];

/** Which of the first four of each kind are public: ours, theirs, ours, theirs. */
export const castStage: PublicFlags = [false, false, true, true];
const ours = [0, 2];
const theirs = [1, 3];

/** The cast comes before everybody else in a full world, so each is found by their place among the users. */
export function castMember(world: World, name: CastName): Row {
  const found = world.rows.User[castNames.indexOf(name)];
  if (!found) throw new Error(`There is no ${name} in this world.`);
  return found;
}

export function addCast(builder: WorldBuilder): void {
  for (const name of castNames) addUser(builder, { isAdministrator: name === 'administrator' });
  const [crew, idle] = [builder.add('Group'), builder.add('Group')];
  const user = userOf(builder);
  const [fromCrew, fromIdle] = [offerOf(builder, 'crewManager'), offerOf(builder, 'outsider')];
  join(builder, crew, user('crewMember'), 'MEMBER');
  join(builder, crew, user('crewManager'), 'MANAGER');
  join(builder, crew, user('crewInvitee'), 'OWNER', fromCrew);
  join(builder, crew, { claimedBy: castMember(builder, 'invitee') }, 'MEMBER', fromCrew);
  join(builder, crew, { claimedBy: null }, 'MEMBER', fromCrew);
  join(builder, idle, user('waiting'), 'MEMBER');
  join(builder, idle, user('outsider'), 'MANAGER');
  join(builder, idle, user('invitee'), 'MEMBER', fromIdle);
  const laboratory = (group: Row | null, isApproved: boolean, proposer: CastName): Row =>
    builder.add('Laboratory', {
      groupId: group?.id ?? null,
      isApproved,
      proposedById: castMember(builder, proposer).id,
    });
  const lead = (led: Row, name: CastName, table: LinkName = 'laboratory_principal_investigator'): void =>
    builder.link(table, { laboratoryId: led.id, userId: castMember(builder, name).id });
  const asked: LinkName = 'laboratory_invited_investigator';
  const [shown, proposed] = [laboratory(crew, true, 'crewManager'), laboratory(crew, false, 'manager')];
  const apart = laboratory(null, false, 'owner');
  lead(shown, 'outsider');
  lead(shown, 'invitee', asked);
  lead(proposed, 'contributor');
  lead(proposed, 'member', asked);
  lead(apart, 'waiting');
  lead(apart, 'contributor', asked);
}

const userOf =
  (world: World) =>
  (name: CastName): { user: Row } => ({ user: castMember(world, name) });

const offerOf = (world: World, name: CastName, until = stillOpen): Offer => ({ by: castMember(world, name), until });

/** Gives the cast their roles on the first four containers of each kind. */
export function addCastRoles(builder: WorldBuilder): void {
  const [crew, idle] = builder.rows.Group as [Row, Row];
  const user = userOf(builder);
  for (const kind of containerNames) {
    const stage = builder.rows[kind];
    for (const index of ours) {
      const container = stage[index]!;
      grant(builder, kind, container, user('invitee'), 'OWNER', offerOf(builder, 'owner'));
      grant(builder, kind, container, { claimedBy: null }, 'MEMBER', offerOf(builder, 'manager'));
      grant(builder, kind, container, user('member'), 'MEMBER');
      grant(builder, kind, container, user('contributor'), 'CONTRIBUTOR');
      grant(builder, kind, container, user('manager'), 'MANAGER');
      grant(builder, kind, container, user('owner'), 'OWNER');
      grant(builder, kind, container, { group: crew }, 'CONTRIBUTOR');
      grant(builder, kind, container, { group: idle }, 'OWNER', offerOf(builder, 'owner'));
      grant(
        builder,
        kind,
        container,
        user(kind === 'Project' ? 'colleague' : 'engineer'),
        kind === 'Project' ? 'MEMBER' : 'OWNER',
      );
    }
    for (const index of theirs) {
      const container = stage[index]!;
      grant(builder, kind, container, user('outsider'), 'OWNER');
      const invitee = { claimedBy: castMember(builder, 'invitee') };
      grant(builder, kind, container, invitee, 'MEMBER', offerOf(builder, 'outsider'));
      grant(builder, kind, container, user('crewInvitee'), 'MEMBER', offerOf(builder, 'outsider', longOver));
    }
  }
}

/** A token of the owner that another token of theirs has made, and ends with it. */
export function addCastTokens(builder: WorldBuilder): void {
  const { id: userId } = castMember(builder, 'owner');
  const { id: madeWithId } = builder.rows.AccessToken.find((token) => token['userId'] === userId)!;
  builder.add('AccessToken', { userId, madeWithId });
}

/** The first terms of each type: approved ones, one that the proposer proposed, one that the outsider did. */
export function castProposals(world: World): Proposal[] {
  const approved = { isApproved: true, proposedById: null };
  return [
    approved,
    { isApproved: false, proposedById: castMember(world, 'proposer').id },
    { isApproved: false, proposedById: castMember(world, 'outsider').id },
    approved,
    approved,
  ];
}

/** A viewer who is that user. */
export function asUser({ id, isAdministrator }: Row): Viewer {
  return { kind: 'user', userId: id, isAdministrator: isAdministrator === true };
}

export const anonymous: Viewer = { kind: 'anonymous' };

/** Everybody who can ask in a world, anonymous first. */
export function viewersOf(world: World): Viewer[] {
  return [anonymous, ...world.rows.User.map(asUser)];
}

/** The cast as viewers, by name. */
export function castViewers(world: World): { name: CastName | 'anonymous'; viewer: Viewer }[] {
  return [
    { name: 'anonymous', viewer: anonymous },
    ...castNames.map((name) => ({ name, viewer: asUser(castMember(world, name)) })),
  ];
}
