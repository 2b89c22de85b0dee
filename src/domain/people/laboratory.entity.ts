import { ConnectionOf, RefersTo } from '../../model/edges';
import { Text, WebAddress } from '../../model/fields';
import { linkTable } from '../../model/links';
import { NodeType } from '../../model/node';
import { Approvable, Proposal } from '../vocabulary/proposal';
import { Group } from './group.entity';
import { User } from './user.entity';

@NodeType('A laboratory: a group at an institution. A proposal until an administrator approves it.')
@Approvable()
export class Laboratory extends Proposal {
  @RefersTo(() => Group, 'The group of users that works there; null when none is named.')
  groupId!: string | null;

  @Text(200, 'What the laboratory is called.', { required: true })
  name!: string;

  @Text(200, 'The university, institute or company; null when not stated.')
  institution!: string | null;

  @Text(200, 'The department; null when not stated.')
  department!: string | null;

  @Text(100, 'The city; null when not stated.')
  city!: string | null;

  @Text(100, 'The country; null when not stated.')
  country!: string | null;

  @WebAddress('Its web site; null when not stated.')
  website!: string | null;

  @ConnectionOf(
    () => User,
    { through: () => principalInvestigators, few: true },
    'Who leads it and has accepted to be named: at most 20. Once it is approved, they are visible to everybody.',
  )
  principalInvestigators!: User[];

  @ConnectionOf(
    () => User,
    { through: () => invitedInvestigators, nullable: true, few: true },
    'Who is named as principal investigator and has not accepted yet. Null to everybody but managers of the group and administrators.',
  )
  invitedInvestigators!: User[];
}

/** Who leads a laboratory, and has accepted to be named. */
export const principalInvestigators = linkTable({
  table: 'laboratory_principal_investigator',
  ends: [() => Laboratory, () => User],
  names: ['Laboratory', 'User'],
});

/** Who is named as leading a laboratory, and has not accepted: shown to nobody but themselves and whoever manages it. */
export const invitedInvestigators = linkTable({
  table: 'laboratory_invited_investigator',
  ends: [() => Laboratory, () => User],
  names: ['Laboratory', 'User'],
});
