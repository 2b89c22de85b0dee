import { Column, Index } from 'typeorm';
import { Text, WebAddress } from '../../model/fields';
import { atMost, mostInvitations } from '../../model/bounds';
import { Computed, ConnectionOf, HeldByViewer } from '../../model/edges';
import { Node, NodeType } from '../../model/node';
import { Priced } from '../../model/price';
import { BehavioralParadigm } from '../attribute/behavioral-paradigm.entity';
import { DataStorage } from '../attribute/data-storage.entity';
import { Inventory } from '../attribute/inventory.entity';
import { Setup } from '../attribute/setup.entity';
import { Project } from '../project/project.entity';
import { Invitation } from './invitation';
import { invitedInvestigators, Laboratory } from './laboratory.entity';
import { AccessToken } from './access-token.entity';

const onWhichTheyHaveARole =
  'on which the user has a role, directly or through a group, the oldest record first. Null to everybody but this user.';

/** How many are told of what was edited last, and what it takes to find each of them. */
export const mostEdited = 20;
const priceOfEdited = 25;

@Index('user_orcid', { synchronize: false })
@NodeType(
  'A person with an account. Anonymous viewers see those credited on a visible project and principal investigators.',
)
export class User extends Node {
  @Text(200, 'The name as the person writes it.', { required: true })
  name!: string;

  @Text(40, 'The ORCID iD, such as `0000-0002-1825-0097`; null when not stated.')
  orcid!: string | null;

  @WebAddress('A web site; null when not stated.')
  website!: string | null;

  @Text(320, 'The e-mail address. Null to everybody but this user, or when none is stored.')
  email!: string | null;

  @ConnectionOf(
    () => AccessToken,
    { by: 'userId', nullable: true },
    "The user's personal access tokens. Null to everybody but this user.",
  )
  accessTokens!: AccessToken[];

  @Priced({ objects: mostInvitations })
  @Computed(() => [Invitation], {
    nullable: true,
    description:
      'What the user, or a group that they manage, is invited to: at most 100, those that expire first. Null to everybody but this user.',
  })
  invitations!: Node[];

  @ConnectionOf(
    () => Laboratory,
    { through: () => invitedInvestigators, nullable: true, few: true },
    'Laboratories that name the user as a principal investigator, to be accepted with `acceptPrincipalInvestigator`. Null to everybody but this user.',
  )
  invitedToLead!: Laboratory[];

  @HeldByViewer(
    () => Project,
    'The projects on which the user has a role, directly or through a group, the newest record first; `where: {viewerRole: …}` finds those of some roles. Null to everybody but this user.',
  )
  projects!: Project[];

  @HeldByViewer(() => BehavioralParadigm, `The behavioral paradigms ${onWhichTheyHaveARole}`)
  behavioralParadigms!: BehavioralParadigm[];

  @HeldByViewer(() => Setup, `The setups ${onWhichTheyHaveARole}`)
  setups!: Setup[];

  @HeldByViewer(() => DataStorage, `The data storages ${onWhichTheyHaveARole}`)
  dataStorages!: DataStorage[];

  @HeldByViewer(() => Inventory, `The inventories ${onWhichTheyHaveARole}`)
  inventories!: Inventory[];

  @Priced({ objects: mostEdited, values: priceOfEdited })
  @Computed(() => [Node], {
    nullable: true,
    description: `What was edited last, by whomever, of what the user contributes to: projects, subjects, sessions, collections, cohorts, breedings, paradigms, setups, storages and inventories, by \`updatedAt\`, the latest first. Who has edited what is not recorded. ${atMost(mostEdited)} Null to everybody but this user.`,
  })
  recentlyEdited!: Node[];

  /** Administrators approve shared terms; it gives no access to private containers. */
  @Column('boolean', { default: false })
  isAdministrator!: boolean;
}
