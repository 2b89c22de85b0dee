import { Check, Column, Index } from 'typeorm';
import { BehavioralParadigm } from '../attribute/behavioral-paradigm.entity';
import { DataStorage } from '../attribute/data-storage.entity';
import { Inventory } from '../attribute/inventory.entity';
import { Setup } from '../attribute/setup.entity';
import { RefersTo } from '../model/edges';
import { OneOf } from '../model/fields';
import { Node, NodeType } from '../model/node';
import { Project } from '../project/project.entity';
import { Group } from './group.entity';
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
  'That a user or a group has a role on a project or personal attribute. Visible to everybody with a role on it.',
)
@OneRoleEach()
@Check(
  'membership_one_container',
  'num_nonnulls("project_id", "behavioral_paradigm_id", "setup_id", "data_storage_id", "inventory_id") = 1',
)
@Check('membership_one_holder', 'num_nonnulls("user_id", "group_id") = 1')
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

  @RefersTo(() => User, 'Who has the role; null when a group has it.', { onDelete: 'CASCADE' })
  userId!: string | null;

  @RefersTo(() => Group, 'The group whose members have the role; null when a single user has it.', {
    onDelete: 'CASCADE',
  })
  groupId!: string | null;

  @OneOf(roles, 'The role.', { required: true })
  role!: string;

  /** A role starts when it is accepted; until then this is an invitation and grants nothing. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  acceptedAt!: Date | null;
}
