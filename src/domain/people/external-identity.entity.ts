import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from './user.entity';

/**
 * Who somebody is at an OpenID Connect provider, and which account that is here. It outlives the account: a sign-in whose
 * account was deleted has to be refused, not given a new one.
 */
@Entity('external_identity')
export class ExternalIdentity {
  @PrimaryColumn('text')
  issuer!: string;

  /** The provider's own name for them (`sub`): the only one that it never gives to somebody else. */
  @PrimaryColumn('text')
  subject!: string;

  /** Null once the account was deleted. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => User, { onDelete: 'SET NULL' })
  @Index()
  userId!: string | null;
}
