import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * One act of publishing or revoking. Rows are only ever added: the database refuses to change or remove them, and they
 * refer to nothing, so that they outlive what they tell of.
 */
@Entity('publication_event')
@Check('publication_event_action_value', `"action" IN ('PUBLISH', 'REVOKE')`)
@Check('publication_event_actor', `("actor" = 'USER') = ("user_id" IS NOT NULL) AND "actor" IN ('USER', 'OPERATOR')`)
export class PublicationEvent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** What was published or revoked; its type follows from the id. */
  @Column('uuid')
  @Index()
  objectId!: string;

  @Column('varchar', { length: '10' })
  action!: 'PUBLISH' | 'REVOKE';

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  happenedAt!: Date;

  /** A user, or the operator at the command line. */
  @Column('varchar', { length: '10' })
  actor!: 'USER' | 'OPERATOR';

  @Column('uuid', { nullable: true })
  userId!: string | null;
}
