import type { Viewer } from '../../src/access/viewer';
import type { PublicFlags } from './attributes';
import type { WorldBuilder } from './builder';
import { addUser, containerNames, grant, join } from './people';
import type { Proposal } from './words';
import type { Row, World } from './world';

/**
 * The cast of a full world. Of each kind of container (project, paradigm, setup, storage, inventory) the cast plays on
 * the first four: a private and a public one on which its members have roles, and a private and a public one of somebody
 * else. Nobody of the cast but the outsider has a role anywhere else.
 */
export const castNames = [
  /** Has an account, and no role anywhere. */
  'stranger',
  /** Was offered ownership of everything and has not accepted. */
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
  /** Was invited into the crew and has not accepted. */
  'crewInvitee',
  /** Belongs to a group to which roles were offered, which nobody has accepted. */
  'waiting',
  /** Proposed some of the words that await approval. */
  'proposer',
  /** Approves words; has no role anywhere. */
  'administrator',
  /** Owns what the rest of the cast has no role on. */
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
  join(builder, crew, castMember(builder, 'crewMember'), 'MEMBER');
  join(builder, crew, castMember(builder, 'crewManager'), 'MANAGER');
  join(builder, crew, castMember(builder, 'crewInvitee'), 'OWNER', false);
  join(builder, idle, castMember(builder, 'waiting'), 'MEMBER');
  join(builder, idle, castMember(builder, 'invitee'), 'MEMBER', false);
  const laboratory = builder.add('Laboratory', { groupId: crew.id });
  builder.link('laboratory_principal_investigator', {
    laboratoryId: laboratory.id,
    userId: castMember(builder, 'outsider').id,
  });
}

/** Gives the cast their roles on the first four containers of each kind. */
export function addCastRoles(builder: WorldBuilder): void {
  const [crew, idle] = builder.rows.Group as [Row, Row];
  const user = (name: CastName): { user: Row } => ({ user: castMember(builder, name) });
  for (const kind of containerNames) {
    const stage = builder.rows[kind];
    for (const index of ours) {
      const container = stage[index]!;
      grant(builder, kind, container, user('invitee'), 'OWNER', false);
      grant(builder, kind, container, user('member'), 'MEMBER');
      grant(builder, kind, container, user('contributor'), 'CONTRIBUTOR');
      grant(builder, kind, container, user('manager'), 'MANAGER');
      grant(builder, kind, container, user('owner'), 'OWNER');
      grant(builder, kind, container, { group: crew }, 'CONTRIBUTOR');
      grant(builder, kind, container, { group: idle }, 'OWNER', false);
      grant(
        builder,
        kind,
        container,
        user(kind === 'Project' ? 'colleague' : 'engineer'),
        kind === 'Project' ? 'MEMBER' : 'OWNER',
      );
    }
    for (const index of theirs) grant(builder, kind, stage[index]!, user('outsider'), 'OWNER');
  }
}

/** The first words of each type: approved ones, one that the proposer proposed, one that the outsider did. */
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
