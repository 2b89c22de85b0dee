import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Field, ObjectType } from 'type-graphql';
import { defineChoice } from '../../model/fields';
import { Computed } from '../../model/edges';
import { DateTime } from '../../model/scalars';
import { User } from './user.entity';

const visibilityActions = defineChoice('VisibilityAction', 'What was done.', {
  PUBLISH: 'Made public.',
  REVOKE: 'Made private again.',
});

const visibilityActors = defineChoice('VisibilityActor', 'Who can publish and revoke.', {
  USER: 'An owner.',
  OPERATOR: 'The operator of the server, at its command line.',
});

/**
 * One act of publishing or revoking. Rows are only ever added: the database refuses to change or remove them, and they
 * refer to nothing, so that they outlive what they tell of.
 */
@ObjectType({
  description: 'One act of publishing or revoking; the record is only ever added to.',
  simpleResolvers: true,
})
@Entity('publication_event')
@Check('publication_event_action_value', `"action" IN ('PUBLISH', 'REVOKE')`)
@Check('publication_event_actor', `("actor" = 'USER') = ("user_id" IS NOT NULL) AND "actor" IN ('USER', 'OPERATOR')`)
export class VisibilityChange {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** What was published or revoked; its type follows from the id. */
  @Column('uuid')
  @Index()
  objectId!: string;

  @Column('varchar', { length: '10' })
  @Field(() => visibilityActions.graphqlType, { description: 'What was done.' })
  action!: 'PUBLISH' | 'REVOKE';

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  @Field(() => DateTime, { description: 'When (UTC).' })
  happenedAt!: Date;

  @Column('varchar', { length: '10' })
  @Field(() => visibilityActors.graphqlType, { description: 'Who did it: an owner, or the operator.' })
  actor!: 'USER' | 'OPERATOR';

  @Column('uuid', { nullable: true })
  userId!: string | null;

  @Computed(() => User, {
    nullable: true,
    description: 'Who did it; null for the operator, or where their account is gone.',
  })
  user!: User | null;

  @Column('varchar', { length: '200', nullable: true })
  @Field(() => String, { nullable: true, description: 'The name of the user at that time; null for the operator.' })
  userName!: string | null;

  @Column('uuid', { nullable: true })
  tokenId!: string | null;

  @Column('varchar', { length: '100', nullable: true })
  @Field(() => String, { nullable: true, description: 'The name of the token that was used; null when none was.' })
  tokenName!: string | null;
}
