import DataLoader from 'dataloader';
import { In, type DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Membership, Project, type Session, type Subject } from './entities';

type Role = 'projectId' | 'setupId' | 'behavioralParadigmId' | 'dataStorageId' | 'inventoryId';

/** The repositories behind dataloaders, made for each request. */
export class Loaders {
  private readonly made = new Map<string, unknown>();
  private memberships: Promise<Membership[]> | undefined;

  constructor(
    readonly source: DataSource,
    readonly userId: string | undefined,
  ) {}

  one<T extends ObjectLiteral & { id: string }>(type: EntityTarget<T>): DataLoader<string, T | null> {
    return this.once(`one ${this.nameOf(type)}`, async (ids) => {
      const rows = await this.source.getRepository(type).findBy({ id: In([...ids]) } as never);
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  /** What names a parent in a column. */
  many<T extends ObjectLiteral>(
    type: EntityTarget<T>,
    column: keyof T & string,
    order: readonly string[] = ['id'],
  ): DataLoader<string, T[]> {
    return this.once(`many ${this.nameOf(type)} ${column}`, async (ids) => {
      const rows = await this.source.getRepository(type).find({
        where: { [column]: In([...ids]) } as never,
        order: Object.fromEntries(order.map((field) => [field, 'ASC'])) as never,
      });
      return ids.map((id) => rows.filter((row) => row[column] === id));
    });
  }

  /** What is joined to a parent. */
  linked<T extends ObjectLiteral & { id: string }>(
    owner: EntityTarget<ObjectLiteral>,
    relation: string,
    type: EntityTarget<T>,
  ): DataLoader<string, T[]> {
    return this.once(`linked ${this.nameOf(owner)} ${relation}`, async (ids) => {
      const parents = await this.source
        .getRepository(owner)
        .createQueryBuilder('p')
        .select('p.id')
        .leftJoin(`p.${relation}`, 'far')
        .addSelect('far.id')
        .where('p.id IN (:...ids)', { ids: [...ids] })
        .orderBy('far.id')
        .getMany();
      const links = new Map(
        parents.map((parent) => [
          (parent as { id: string }).id,
          (parent[relation] as { id: string }[]).map(({ id }) => id),
        ]),
      );
      const far = this.one(type);
      return Promise.all(
        ids.map(async (id) =>
          (await far.loadMany(links.get(id) ?? [])).filter((one): one is T => one !== null && !(one instanceof Error)),
        ),
      );
    });
  }

  async hasRole(role: Role, id: string): Promise<boolean> {
    if (this.userId === undefined) return false;
    this.memberships ??= this.source.getRepository(Membership).findBy({ userId: this.userId });
    return (await this.memberships).some((one) => one[role] === id && one.acceptedAt !== null);
  }

  async sees(role: Role, { id, isPublic }: { id: string; isPublic: boolean }): Promise<boolean> {
    return isPublic || this.hasRole(role, id);
  }

  /** Of a subject or session: whether any of its projects is seen. */
  async seesAny(type: typeof Session | typeof Subject, id: string): Promise<boolean> {
    const projects = await this.linked(type, 'projectRows', Project).load(id);
    for (const project of projects) if (await this.sees('projectId', project)) return true;
    return false;
  }

  private once<T>(key: string, load: (ids: readonly string[]) => Promise<T[]>): DataLoader<string, T> {
    const known = this.made.get(key) as DataLoader<string, T> | undefined;
    const loader = known ?? new DataLoader<string, T>(load);
    this.made.set(key, loader);
    return loader;
  }

  private nameOf(type: EntityTarget<ObjectLiteral>): string {
    return this.source.getMetadata(type).name;
  }
}
