import { Check, Index } from 'typeorm';
import { BehavioralParadigm } from '../attribute/behavioral-paradigm.entity';
import { DataStorage } from '../attribute/data-storage.entity';
import { Inventory } from '../attribute/inventory.entity';
import { Setup } from '../attribute/setup.entity';
import { Computed, RefersTo } from '../model/edges';
import { Instant, OneOf } from '../model/fields';
import { Node, NodeType } from '../model/node';
import { Project } from '../project/project.entity';
import { Group } from './group.entity';
import { containerName } from './container-name';
import { ClaimedBy, ExpiresAt, InvitedBy, InvitedEmail } from './invitation-fields';
import { roles } from './role';
import { User } from './user.entity';

const containers = ['projectId', 'behavioralParadigmId', 'setupId', 'dataStorageId', 'inventoryId'];
const holders = ['userId', 'groupId'];

/** Each holder has one role in each container. */
function OneRoleEach(): ClassDecorator {
  return (target) => {
    for (const container of containers)
      for (const holder of holders) Index([container, holder], { unique: true })(target);
  };
}

const here = 'that the role is on; null when it is on something else.';

@NodeType(
  'That a user or a group has a role on a project or personal attribute, or is invited to have it. Visible to everybody with a role on it, and to whoever is invited.',
)
@OneRoleEach()
@Check(
  'membership_one_container',
  'num_nonnulls("project_id", "behavioral_paradigm_id", "setup_id", "data_storage_id", "inventory_id") = 1',
)
@Check('membership_one_holder', 'num_nonnulls("user_id", "group_id", "invited_email") = 1')
@Check('membership_address_is_pending', '"invited_email" IS NULL OR "accepted_at" IS NULL')
export class Membership extends Node {
  @RefersTo(() => Project, `The project ${here}`, { onDelete: 'CASCADE' })
  projectId!: string | null;

  @RefersTo(() => BehavioralParadigm, `The behavioral paradigm ${here}`, { onDelete: 'CASCADE' })
  behavioralParadigmId!: string | null;

  @RefersTo(() => Setup, `The setup ${here}`, { onDelete: 'CASCADE' })
  setupId!: string | null;

  @RefersTo(() => DataStorage, `The data storage ${here}`, { onDelete: 'CASCADE' })
  dataStorageId!: string | null;

  @RefersTo(() => Inventory, `The inventory ${here}`, { onDelete: 'CASCADE' })
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

  @Computed(
    () => String,
    {
      nullable: true,
      description:
        'The name of what the role is on, so that whoever is invited knows to what. Null to them once the invitation has expired.',
    },
    containerName,
  )
  containerName!: string | null;
}
