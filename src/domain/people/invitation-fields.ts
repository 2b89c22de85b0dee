import { Column, ForeignKey, Index } from 'typeorm';
import { RefersTo } from '../../model/edges';
import { Instant, Text } from '../../model/fields';
import { User } from './user.entity';

/** What a membership has while it is an invitation. */
export function InvitedBy(): PropertyDecorator {
  return RefersTo(() => User, 'Who invited; null when nobody did, or their account is gone.');
}

/** The address that was invited, in the spelling of addresses.ts. It is never looked up: who has it claims it. */
export function InvitedEmail(): PropertyDecorator {
  return (target, key) => {
    Text(320, 'The e-mail address that is invited. Null to everybody but the inviter, who typed it.')(target, key);
    Index()(target, key);
  };
}

/** Who has proved that the invited address is theirs. Not a field: the inviter learns it when they accept. */
export function ClaimedBy(): PropertyDecorator {
  return (target, key) => {
    Column('uuid', { nullable: true })(target, key);
    ForeignKey(() => User, { onDelete: 'SET NULL' })(target, key);
    Index()(target, key);
  };
}

export function ExpiresAt(): PropertyDecorator {
  return Instant('Until when the invitation can be accepted (UTC); null when it is none, or none any more.');
}
