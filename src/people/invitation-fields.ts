import { Column, ForeignKey, Index } from 'typeorm';
import type { Context } from '../context';
import { Computed, RefersTo } from '../model/edges';
import { Instant } from '../model/fields';
import { User } from './user.entity';

/** What a membership has while it is an invitation. */
export function InvitedBy(): PropertyDecorator {
  return RefersTo(() => User, 'Who invited; null when nobody did, or their account is gone.');
}

/** The address that was invited, in lower case. It is never looked up: who has it is known when they claim it. */
export function InvitedAddress(): PropertyDecorator {
  return (target, key) => {
    Column('varchar', { length: '320', nullable: true })(target, key);
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

/** The field `invitedEmail`: whoever typed the address sees it, nobody else. */
export function InvitedEmail(): PropertyDecorator {
  return Computed(
    () => String,
    {
      nullable: true,
      description: 'The e-mail address that is invited. Null to everybody but the inviter, who typed it.',
    },
    (
      { invitedAddress, invitedById }: { invitedAddress: string | null; invitedById: string | null },
      context: Context,
    ) => (context.viewer.kind === 'user' && context.viewer.userId === invitedById ? invitedAddress : null),
  );
}
