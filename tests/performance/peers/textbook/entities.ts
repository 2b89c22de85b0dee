import { Field, Float, GraphQLISODateTime, ID, ObjectType, type ClassType } from 'type-graphql';
import { Column, Entity, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import { GraphQLJSON } from 'graphql-scalars';

/*
 * A part of the model as the manuals of TypeORM and type-graphql show it, on the same tables.
 */

@ObjectType()
class Row {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;
}

@ObjectType()
class Named extends Row {
  @Field(() => String)
  @Column('text')
  name!: string;
}

@ObjectType()
class Shareable extends Named {
  @Column('boolean', { name: 'is_public' })
  isPublic!: boolean;
}

/** A list as the graph has it: its nodes, and how many there are. */
export function listOf<T extends object>(type: ClassType<T>): ClassType<{ nodes: T[]; totalCount: number }> {
  @ObjectType(`${type.name}List`)
  class List {
    @Field(() => [type])
    nodes!: T[];

    @Field(() => Float)
    totalCount!: number;
  }
  return List;
}

@ObjectType()
@Entity('membership')
export class Membership extends Row {
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;

  @Column('uuid', { name: 'project_id', nullable: true })
  projectId!: string | null;

  @Column('uuid', { name: 'setup_id', nullable: true })
  setupId!: string | null;

  @Column('uuid', { name: 'behavioral_paradigm_id', nullable: true })
  behavioralParadigmId!: string | null;

  @Column('uuid', { name: 'data_storage_id', nullable: true })
  dataStorageId!: string | null;

  @Column('uuid', { name: 'inventory_id', nullable: true })
  inventoryId!: string | null;
}

@ObjectType()
@Entity('setup')
export class Setup extends Shareable {
  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  location!: string | null;
}

@ObjectType()
@Entity('behavioral_paradigm')
export class BehavioralParadigm extends Shareable {}

@ObjectType()
@Entity('data_storage')
export class DataStorage extends Shareable {}

@ObjectType()
@Entity('inventory')
export class Inventory extends Shareable {}

@ObjectType()
@Entity('species')
export class Species extends Named {}

@ObjectType()
@Entity('strain')
export class Strain extends Named {}

@ObjectType()
@Entity('consumable_stock')
export class ConsumableStock extends Row {
  @Field(() => String)
  @Column('text')
  type!: string;

  @Column('uuid', { name: 'inventory_id' })
  inventoryId!: string;
}

@ObjectType()
@Entity('equipment')
export class Equipment extends Named {
  @Column('uuid', { name: 'setup_id' })
  setupId!: string;
}

@ObjectType()
class Typed extends Row {
  @Field(() => String)
  @Column('text')
  type!: string;

  @Field(() => GraphQLJSON)
  @Column('jsonb')
  details!: unknown;
}

@ObjectType()
@Entity('procedure')
export class Procedure extends Typed {
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column('timestamptz', { name: 'date_time', nullable: true })
  dateTime!: Date | null;

  @Column('uuid', { name: 'consumable_stock_id', nullable: true })
  consumableStockId!: string | null;

  @ManyToOne(() => Subject, (subject) => subject.procedureRows)
  @JoinColumn({ name: 'subject_id' })
  subjectRow!: unknown;

  @ManyToMany(() => Equipment)
  @JoinTable({
    name: 'procedure_equipment',
    joinColumn: { name: 'procedure_id' },
    inverseJoinColumn: { name: 'equipment_id' },
  })
  equipmentRows!: Equipment[];
}

@ObjectType()
@Entity('data_acquisition')
export class DataAcquisition extends Typed {
  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('integer')
  order!: number;

  @Field(() => Float, { nullable: true })
  @Column('bigint', {
    name: 'file_size_bytes',
    nullable: true,
    transformer: { from: (text: string | null) => (text === null ? null : Number(text)), to: (given: number) => given },
  })
  fileSizeBytes!: number | null;

  @Column('uuid', { name: 'data_storage_id', nullable: true })
  dataStorageId!: string | null;
}

@ObjectType()
@Entity('manipulation')
export class Manipulation extends Typed {
  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('integer')
  order!: number;
}

@ObjectType()
@Entity('behavior')
export class Behavior extends Row {
  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('integer')
  order!: number;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  notes!: string | null;

  @Column('uuid', { name: 'setup_id', nullable: true })
  setupId!: string | null;

  @Column('uuid', { name: 'behavioral_paradigm_id', nullable: true })
  behavioralParadigmId!: string | null;
}

@ObjectType()
@Entity('subject')
export class Subject extends Named {
  @Field(() => String)
  @Column('text')
  sex!: string;

  @Column('uuid', { name: 'species_id' })
  speciesId!: string;

  @Column('uuid', { name: 'strain_id', nullable: true })
  strainId!: string | null;

  @ManyToMany(() => Project, (project) => project.subjectRows)
  projectRows!: Project[];

  @OneToMany(() => Procedure, (procedure) => procedure.subjectRow)
  procedureRows!: Procedure[];
}

@ObjectType()
@Entity('session')
export class Session extends Named {
  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  description!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Field(() => GraphQLISODateTime)
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Field(() => [String])
  @Column('text', { array: true })
  tags!: string[];

  @Field(() => String, { nullable: true })
  @Column('text', { name: 'name_used_in_storage', nullable: true })
  nameUsedInStorage!: string | null;

  @ManyToMany(() => Project, (project) => project.sessionRows)
  projectRows!: Project[];

  @ManyToMany(() => Subject)
  @JoinTable({ name: 'session_subject', joinColumn: { name: 'session_id' }, inverseJoinColumn: { name: 'subject_id' } })
  subjectRows!: Subject[];
}

@ObjectType()
@Entity('project')
export class Project extends Shareable {
  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  description!: string | null;

  @ManyToMany(() => Session, (session) => session.projectRows)
  @JoinTable({ name: 'project_session', joinColumn: { name: 'project_id' }, inverseJoinColumn: { name: 'session_id' } })
  sessionRows!: Session[];

  @ManyToMany(() => Subject, (subject) => subject.projectRows)
  @JoinTable({ name: 'project_subject', joinColumn: { name: 'project_id' }, inverseJoinColumn: { name: 'subject_id' } })
  subjectRows!: Subject[];
}

export const entities = [
  ...[Membership, Setup, BehavioralParadigm, DataStorage, Inventory, Species, Strain, ConsumableStock, Equipment],
  ...[Procedure, DataAcquisition, Manipulation, Behavior, Subject, Session, Project],
];
