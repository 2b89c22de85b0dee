import { Check, Index } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Instant, OneOf, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { ClaimedBy, ExpiresAt, InvitedBy, InvitedEmail } from './invitation-fields';
import { Laboratory } from './laboratory.entity';
import { groupRoles } from './role';
import { User } from './user.entity';

@NodeType('A group of users, which can hold roles like a single user.')
export class Group extends Node {
  @Text(200, 'What the group is called.', { required: true })
  name!: string;

  @ConnectionOf(
    () => GroupMembership,
    { by: 'groupId', nullable: true },
    'Who belongs to it. Null unless the viewer belongs to it.',
  )
  members!: GroupMembership[];

  @ConnectionOf(
    () => Laboratory,
    { by: 'groupId', few: true },
    'The laboratories that it stands for, those visible to the viewer.',
  )
  laboratories!: Laboratory[];
}

@NodeType('That a user belongs to a group, or is invited to. Members of the group see it, and whoever is invited.')
@Index(['groupId', 'userId'], { unique: true })
@Check('group_membership_one_holder', 'num_nonnulls("user_id", "invited_email") = 1')
@Check('group_membership_address_is_pending', '"invited_email" IS NULL OR "accepted_at" IS NULL')
export class GroupMembership extends Node {
  @RefersTo(() => Group, 'The group.', { required: true, alwaysVisible: true })
  groupId!: string;

  @RefersTo(() => User, 'The user; null while an e-mail address is invited.', { onDelete: 'CASCADE' })
  userId!: string | null;

  @OneOf(groupRoles, 'What the user may do in the group.', { required: true })
  role!: string;

  @Instant('When it was accepted (UTC); null while this is an invitation, which grants nothing.')
  acceptedAt!: Date | null;

  @InvitedBy()
  invitedById!: string | null;

  @InvitedEmail()
  invitedEmail!: string | null;

  @ClaimedBy()
  claimedById!: string | null;

  @ExpiresAt()
  expiresAt!: Date | null;
}
