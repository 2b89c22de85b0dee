import { Check, Index } from 'typeorm';
import { BehavioralParadigm } from '../attribute/behavioral-paradigm.entity';
import { DataStorage } from '../attribute/data-storage.entity';
import { Inventory } from '../attribute/inventory.entity';
import { Setup } from '../attribute/setup.entity';
import { Computed, RefersTo } from '../../model/edges';
import { containerProperties, containerTypes, type ContainerColumns } from '../../model/families';
import { Instant, OneOf } from '../../model/fields';
import { idColumn } from '../../model/names';
import { Node, NodeType, type NodeClass } from '../../model/node';
import { Project } from '../project/project.entity';
import { Group } from './group.entity';
import { ClaimedBy, ExpiresAt, InvitedBy, InvitedEmail } from './invitation-fields';
import { roles } from './role';
import { User } from './user.entity';

const holders = ['userId', 'groupId'];

/** Each holder has one role in each container. */
function OneRoleEach(): ClassDecorator {
  return (target) => {
    for (const container of containerProperties)
      for (const holder of holders) Index([container, holder], { unique: true })(target);
  };
}

/** The one of these columns that is set says what the role is on. */
function OnContainer(target: () => NodeClass): PropertyDecorator {
  return RefersTo(target, 'What the role is on.', { onDelete: 'CASCADE', behind: 'container' });
}

@NodeType(
  'That a user or a group has a role on a project or personal attribute, or is invited to have it. Visible to everybody with a role on it, and to whoever is invited.',
)
@OneRoleEach()
@Check(
  'membership_one_container',
  `num_nonnulls(${containerTypes.map((type) => `"${idColumn(type)}"`).join(', ')}) = 1`,
)
@Check('membership_one_holder', 'num_nonnulls("user_id", "group_id", "invited_email") = 1')
@Check('membership_address_is_pending', '"invited_email" IS NULL OR "accepted_at" IS NULL')
export class Membership extends Node implements ContainerColumns {
  @OnContainer(() => Project)
  projectId!: string | null;

  @OnContainer(() => BehavioralParadigm)
  behavioralParadigmId!: string | null;

  @OnContainer(() => Setup)
  setupId!: string | null;

  @OnContainer(() => DataStorage)
  dataStorageId!: string | null;

  @OnContainer(() => Inventory)
  inventoryId!: string | null;

  @RefersTo(() => User, 'Who has the role or is invited to it; null when a group is, or an e-mail address.', {
    onDelete: 'CASCADE',
  })
  userId!: string | null;

  @RefersTo(() => Group, 'The group whose members have the role; null when a single user has it.', {
    onDelete: 'CASCADE',
  })
  groupId!: string | null;

  @OneOf(roles, 'The role.', { required: true })
  role!: string;

  @Instant('When the role was accepted (UTC); null while this is an invitation, which grants nothing.')
  acceptedAt!: Date | null;

  @InvitedBy()
  invitedById!: string | null;

  @InvitedEmail()
  invitedEmail!: string | null;

  @ClaimedBy()
  claimedById!: string | null;

  @ExpiresAt()
  expiresAt!: Date | null;

  @Computed(() => Node, {
    nullable: true,
    description:
      'What the role is on: a project or a personal attribute. Null to whoever is invited, until they see it.',
  })
  container!: Node | null;

  @Computed(() => String, {
    nullable: true,
    description:
      'The name of what the role is on, so that whoever is invited knows to what. Null to them once the invitation has expired.',
  })
  containerName!: string | null;
}
