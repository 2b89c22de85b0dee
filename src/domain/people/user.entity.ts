import { Column, Index } from 'typeorm';
import { Text, WebAddress } from '../../model/fields';
import { Computed, ConnectionOf } from '../../model/edges';
import { Node, NodeType } from '../../model/node';
import { mostInvitations } from '../../model/bounds';
import { Priced } from '../../model/price';
import { Invitation } from './invitation';
import { invitedInvestigators, Laboratory } from './laboratory.entity';
import { AccessToken } from './access-token.entity';

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

  /** Administrators approve shared terms; it gives no access to private containers. */
  @Column('boolean', { default: false })
  isAdministrator!: boolean;
}
