import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * How much more, or less, of something the public sees since a write: only ever added, by triggers of the database, in the
 * transaction that changes it. Added up they are what the public sees (discovery/dashboard/tallies.ts).
 */
@Entity('public_tally')
@Index(['kind', 'key'])
export class PublicTally {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** What is counted, mostly by the name of its type. */
  @Column('varchar', { length: '40' })
  kind!: string;

  /** The month, the type of module or the id by which it is counted; empty where it is counted as a whole. */
  @Column('varchar', { length: '60' })
  key!: string;

  @Column('integer')
  change!: number;
}
