import { Column, ForeignKey, Index } from 'typeorm';
import { defineChoice, Instant, SomeOf, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { User } from './user.entity';

export const tokenScopes = defineChoice(
  'TokenScope',
  'What a token lets its bearer do, within the roles of its user.',
  {
    READ: 'Read what the user may see, make tokens no stronger than itself, and end itself. Every token has it.',
    WRITE: 'Create, edit and delete, manage members, and end other tokens.',
    PUBLISH:
      'Publish and revoke; with WRITE, also let others do so: make owners, add to a group that owns, share with other owners.',
  },
);

@NodeType(
  'A personal access token, by which scripts act for a user. Visible to that user only; the token itself is shown once and stored as a hash.',
)
export class AccessToken extends Node {
  /** Whose it is. Not a field: whoever sees the token is this user. */
  @Column('uuid')
  @ForeignKey(() => User, { onDelete: 'CASCADE' })
  @Index()
  userId!: string;

  /** The token that made it, which it does not outlive. Not a field. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => AccessToken, { onDelete: 'SET NULL' })
  @Index()
  madeWithId!: string | null;

  @Text(100, 'What the user calls it, to know it again.', { required: true })
  name!: string;

  @Column('varchar', { length: '64' })
  @Index({ unique: true })
  hash!: string;

  @SomeOf(tokenScopes, 'What it is good for.')
  scopes!: string[];

  @Instant('When it stops working (UTC).', { required: true })
  expiresAt!: Date;

  @Instant('When it was last used (UTC, to the hour); null when it never was.')
  lastUsedAt!: Date | null;

  @Instant('When it was revoked (UTC), by itself or with the token that made it; null while it is not.')
  revokedAt!: Date | null;
}
