import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { Brackets } from 'typeorm';
import type { Loaders } from './context';
import * as e from './entities';

const SessionList = e.listOf(e.Session);
const SubjectList = e.listOf(e.Subject);
const ProjectList = e.listOf(e.Project);
const ProcedureList = e.listOf(e.Procedure);
const EquipmentList = e.listOf(e.Equipment);
const BehaviorList = e.listOf(e.Behavior);
const AcquisitionList = e.listOf(e.DataAcquisition);
const ManipulationList = e.listOf(e.Manipulation);

enum SessionField {
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(SessionField, { name: 'SessionField' });

@InputType()
class SessionOrder {
  @Field(() => SessionField)
  field!: SessionField;
}

interface List<T> {
  nodes: T[];
  totalCount: number;
}

const list = <T>(all: T[], first = 20): List<T> => ({ nodes: all.slice(0, first), totalCount: all.length });
const inOrder = ['order', 'id'];
const isOneOfMine = (column: string): string =>
  `EXISTS (SELECT 1 FROM membership m WHERE m.project_id = ${column} AND m.user_id = :userId AND m.accepted_at IS NOT NULL)`;

@Resolver()
export class Root_ {
  @Query(() => e.Project, { nullable: true })
  project(@Arg('id', () => ID) id: string, @Ctx() loaders: Loaders): Promise<e.Project | null> {
    return loaders.one(e.Project).load(id);
  }

  @Query(() => e.Session, { nullable: true })
  session(@Arg('id', () => ID) id: string, @Ctx() loaders: Loaders): Promise<e.Session | null> {
    return loaders.one(e.Session).load(id);
  }

  @Query(() => e.Subject, { nullable: true })
  subject(@Arg('id', () => ID) id: string, @Ctx() loaders: Loaders): Promise<e.Subject | null> {
    return loaders.one(e.Subject).load(id);
  }

  @Query(() => ProjectList)
  async projects(
    @Arg('first', () => Int) first: number,
    @Arg('orderBy', () => [SessionOrder]) _orderBy: SessionOrder[],
    @Ctx() { source, userId }: Loaders,
  ): Promise<Partial<List<e.Project>>> {
    const nodes = await source
      .getRepository(e.Project)
      .createQueryBuilder('p')
      .where(new Brackets((or) => or.where('p.is_public').orWhere(isOneOfMine('p.id'), { userId: userId ?? null })))
      .orderBy('p.id')
      .take(first)
      .getMany();
    return { nodes };
  }

  @Query(() => SessionList)
  async sessions(
    @Arg('first', () => Int) first: number,
    @Arg('orderBy', () => [SessionOrder]) _orderBy: SessionOrder[],
    @Ctx() { source, userId }: Loaders,
  ): Promise<Partial<List<e.Session>>> {
    const nodes = await source
      .getRepository(e.Session)
      .createQueryBuilder('s')
      .where(
        `EXISTS (SELECT 1 FROM project_session l JOIN project p ON p.id = l.project_id WHERE l.session_id = s.id AND (p.is_public OR ${isOneOfMine('p.id')}))`,
        { userId: userId ?? null },
      )
      // In this order they were made, too.
      .orderBy('s.id')
      .take(first)
      .getMany();
    return { nodes };
  }
}

@Resolver(() => e.Project)
export class OfProject {
  @FieldResolver(() => SessionList)
  async sessions(
    @Root() { id }: e.Project,
    @Arg('first', () => Int, { nullable: true }) first: number | undefined,
    @Ctx() loaders: Loaders,
  ): Promise<List<e.Session>> {
    return list(await loaders.linked(e.Project, 'sessionRows', e.Session).load(id), first);
  }

  @FieldResolver(() => SubjectList)
  async subjects(
    @Root() { id }: e.Project,
    @Arg('first', () => Int, { nullable: true }) first: number | undefined,
    @Ctx() loaders: Loaders,
  ): Promise<List<e.Subject>> {
    return list(await loaders.linked(e.Project, 'subjectRows', e.Subject).load(id), first);
  }
}

@Resolver(() => e.Session)
export class OfSession {
  @FieldResolver(() => ProjectList)
  async projects(@Root() { id }: e.Session, @Ctx() loaders: Loaders): Promise<List<e.Project>> {
    const all = await loaders.linked(e.Session, 'projectRows', e.Project).load(id);
    const seen = await Promise.all(all.map((project) => loaders.sees('projectId', project)));
    return list(all.filter((_, index) => seen[index]));
  }

  @FieldResolver(() => SubjectList)
  async subjects(@Root() { id }: e.Session, @Ctx() loaders: Loaders): Promise<List<e.Subject>> {
    const all = await loaders.linked(e.Session, 'subjectRows', e.Subject).load(id);
    const seen = await Promise.all(all.map((subject) => loaders.seesAny(e.Subject, subject.id)));
    return list(all.filter((_, index) => seen[index]));
  }

  @FieldResolver(() => BehaviorList)
  async behaviors(@Root() { id }: e.Session, @Ctx() loaders: Loaders): Promise<List<e.Behavior>> {
    return list(await loaders.many(e.Behavior, 'sessionId', inOrder).load(id));
  }

  @FieldResolver(() => AcquisitionList)
  async dataAcquisitions(@Root() { id }: e.Session, @Ctx() loaders: Loaders): Promise<List<e.DataAcquisition>> {
    return list(await loaders.many(e.DataAcquisition, 'sessionId', inOrder).load(id));
  }

  @FieldResolver(() => ManipulationList)
  async manipulations(@Root() { id }: e.Session, @Ctx() loaders: Loaders): Promise<List<e.Manipulation>> {
    return list(await loaders.many(e.Manipulation, 'sessionId', inOrder).load(id));
  }
}

@Resolver(() => e.Behavior)
export class OfBehavior {
  @FieldResolver(() => e.Setup, { nullable: true })
  setup(@Root() { setupId }: e.Behavior, @Ctx() loaders: Loaders): Promise<e.Setup | null> | null {
    return setupId === null ? null : loaders.one(e.Setup).load(setupId);
  }

  @FieldResolver(() => e.BehavioralParadigm, { nullable: true })
  behavioralParadigm(
    @Root() { behavioralParadigmId: id }: e.Behavior,
    @Ctx() loaders: Loaders,
  ): Promise<e.BehavioralParadigm | null> | null {
    return id === null ? null : loaders.one(e.BehavioralParadigm).load(id);
  }
}

@Resolver(() => e.DataAcquisition)
export class OfAcquisition {
  @FieldResolver(() => e.DataStorage, { nullable: true })
  dataStorage(
    @Root() { dataStorageId: id }: e.DataAcquisition,
    @Ctx() loaders: Loaders,
  ): Promise<e.DataStorage | null> | null {
    return id === null ? null : loaders.one(e.DataStorage).load(id);
  }
}

@Resolver(() => e.Subject)
export class OfSubject {
  @FieldResolver(() => ProcedureList)
  async procedures(@Root() { id }: e.Subject, @Ctx() loaders: Loaders): Promise<List<e.Procedure>> {
    return list(await loaders.many(e.Procedure, 'subjectId').load(id));
  }

  @FieldResolver(() => e.Species, { nullable: true })
  species(@Root() { speciesId }: e.Subject, @Ctx() loaders: Loaders): Promise<e.Species | null> {
    return loaders.one(e.Species).load(speciesId);
  }

  @FieldResolver(() => e.Strain, { nullable: true })
  strain(@Root() { strainId }: e.Subject, @Ctx() loaders: Loaders): Promise<e.Strain | null> | null {
    return strainId === null ? null : loaders.one(e.Strain).load(strainId);
  }
}

@Resolver(() => e.Procedure)
export class OfProcedure {
  @FieldResolver(() => e.ConsumableStock, { nullable: true })
  consumableStock(
    @Root() { consumableStockId: id }: e.Procedure,
    @Ctx() loaders: Loaders,
  ): Promise<e.ConsumableStock | null> | null {
    return id === null ? null : loaders.one(e.ConsumableStock).load(id);
  }

  @FieldResolver(() => EquipmentList)
  async equipment(@Root() { id }: e.Procedure, @Ctx() loaders: Loaders): Promise<List<e.Equipment>> {
    const all = await loaders.linked(e.Procedure, 'equipmentRows', e.Equipment).load(id);
    const setups = await loaders.one(e.Setup).loadMany(all.map(({ setupId }) => setupId));
    const seen = await Promise.all(setups.map((setup) => loaders.sees('setupId', setup as e.Setup)));
    return list(all.filter((_, index) => seen[index]));
  }
}

@Resolver(() => e.ConsumableStock)
export class OfStock {
  @FieldResolver(() => e.Inventory)
  inventory(@Root() { inventoryId }: e.ConsumableStock, @Ctx() loaders: Loaders): Promise<e.Inventory | null> {
    return loaders.one(e.Inventory).load(inventoryId);
  }
}

@Resolver(() => e.Equipment)
export class OfEquipment {
  @FieldResolver(() => e.Setup)
  setup(@Root() { setupId }: e.Equipment, @Ctx() loaders: Loaders): Promise<e.Setup | null> {
    return loaders.one(e.Setup).load(setupId);
  }
}
