import type { Oracle } from '../policy/oracle';
import { canaryPattern } from '../world/builder';
import type { Dice } from '../world/dice';
import type { ColumnShape, Shape } from '../world/shape';
import {
  type EventRow,
  linkColumns,
  linkNames,
  type LinkName,
  type LinkRow,
  type Row,
  type TypeName,
  type Value,
  type World,
} from '../world/world';
import { graph } from './graph';
import { reach } from './reach';

/** Makes of a world others that differ from it only in what one viewer may not see. */
export class HiddenChanges {
  private readonly typesOfIds: ReadonlyMap<string, TypeName>;

  constructor(
    private readonly oracle: Oracle,
    private readonly shape: Shape,
    private readonly dice: Dice,
  ) {
    const { rows } = oracle.world;
    this.typesOfIds = new Map(types(rows).flatMap((type) => rows[type].map(({ id }) => [id, type] as const)));
  }

  /** Every hidden value is another, hidden objects are referred to elsewhere, and links to them come and go. */
  scrambled(): World {
    const { world } = this.oracle;
    const rows = mapRows(world, (type, row) => this.scrambleRow(type, row));
    return { ...world, rows, links: mapLinks((name) => this.scrambleLinks(name)), events: this.moreEvents() };
  }

  /** The record of publications is only ever added to: what the viewer does not own was published and revoked again. */
  private moreEvents(): EventRow[] {
    const { events } = this.oracle.world;
    const hidden = events.filter(({ objectId }) => {
      const { type, row } = this.oracle.find(objectId)!;
      return !this.oracle.seesField(type, row, 'visibilityHistory');
    });
    const happenedAt = '2026-01-07T10:00:00.000Z';
    return [
      ...events,
      ...hidden.map((event) => ({
        ...event,
        happenedAt,
        userName: 'Somebody else',
        actor: 'USER' as const,
        userId: this.oracle.world.rows.User[0]!.id,
      })),
    ];
  }

  /** Every hidden object is gone, but for those that a visible one cannot be without. */
  pruned(): World {
    const { world, oracle } = { world: this.oracle.world, oracle: this.oracle };
    const kept = new Set<string>();
    const keep = (type: TypeName, row: Row): void => {
      if (kept.has(row.id)) return;
      kept.add(row.id);
      for (const { property, nullable } of this.idColumns(type)) {
        const other = oracle.find(row[property]);
        if (other && (!nullable || isNeeded(type, property))) keep(other.type, other.row);
      }
    };
    for (const type of types(world.rows)) {
      for (const row of world.rows[type]) if (oracle.sees(type, row) || isViewer(oracle, row)) keep(type, row);
    }
    // That there is another project, the owners of what is in it may know.
    for (const project of world.rows.Project) if (this.isTold(project)) keep('Project', project);
    const rows = mapRows(world, (type, row) => {
      const lost = this.idColumns(type).filter(
        ({ property }) => row[property] !== null && !kept.has(row[property] as string),
      );
      return { ...row, ...Object.fromEntries(lost.map(({ property }) => [property, null])) };
    });
    const remaining = Object.fromEntries(
      types(rows).map((type) => [type, rows[type].filter(({ id }) => kept.has(id))]),
    );
    const ends = (name: LinkName, link: LinkRow): string[] =>
      [...linkColumns[name], ...('projectId' in link ? ['projectId'] : [])].map((column) => link[column] as string);
    return {
      ...world,
      rows: remaining as unknown as World['rows'],
      links: mapLinks((name) => world.links[name].filter((link) => ends(name, link).every((id) => kept.has(id)))),
    };
  }

  /** Whether a hidden project shows in `isShared` of something in it. */
  private isTold(project: Row): boolean {
    const { oracle } = this;
    return (['Subject', 'Session'] as const).some((type) => {
      const { projects } = graph[type];
      return oracle.world.rows[type].some(
        (row) =>
          oracle.sees(type, row) &&
          oracle.seesField(type, row, 'isShared') &&
          reach(oracle.world, type, row, projects!).some(({ id }) => id === project.id),
      );
    });
  }

  private scrambleRow(type: TypeName, row: Row): Row {
    const seen = this.oracle.sees(type, row);
    const isHidden = (field: string): boolean => !this.oracle.mayRead(type, row, field);
    const changed: Record<string, Value> = {};
    if (isHidden('version')) changed['version'] = (row['version'] as number) + 1;
    if (!seen) changed['updatedAt'] = '2026-01-06T10:00:00.000Z';
    for (const column of this.shape[type]) {
      const value = row[column.property]!;
      if (column.kind.is === 'id') changed[column.property] = this.scrambleReference(type, column.property, value);
      else if (isHidden(column.property)) changed[column.property] = scrambleValue(column, value);
    }
    return { ...row, ...changed };
  }

  /** A reference to a hidden object becomes one to another hidden object of its type, where nothing else hangs on it. */
  private scrambleReference(type: TypeName, column: string, value: Value): Value {
    const isEdge = Object.values(graph[type]).some((edge) => edge.leads === 'to' && edge.column === column);
    if (!isEdge || tied.includes(`${type}.${column}`) || value === null || this.oracle.seesId(value)) return value;
    const target = this.typesOfIds.get(value as string)!;
    const others = this.oracle.world.rows[target].filter((row) => !this.oracle.sees(target, row));
    return this.dice.pick(others).id;
  }

  private scrambleLinks(name: LinkName): LinkRow[] {
    const { world } = this.oracle;
    const links = world.links[name];
    if (givesVisibility.includes(name)) return links;
    const [near, far] = linkColumns[name];
    const kept = links.filter((link) => this.seesBoth(link, near, far) || this.dice.chance(0.5));
    const known = new Set(kept.map((link) => `${link[near]} ${link[far]}`));
    const added = this.dice
      .shuffled(
        world.rows[typeOfColumn(near)].flatMap((one) =>
          world.rows[typeOfColumn(far)].map((other) => ({ [near]: one.id, [far]: other.id })),
        ),
      )
      .filter((link) => !this.seesBoth(link, near, far) && !known.has(`${link[near]} ${link[far]}`))
      .slice(0, 12)
      .map((link) => (name === 'session_data_storage' ? { ...link, position: this.dice.between(0, 9) } : link));
    return [...kept, ...added];
  }

  private seesBoth(link: LinkRow, near: string, far: string): boolean {
    return this.oracle.seesId(link[near]) && this.oracle.seesId(link[far]);
  }

  private idColumns(type: TypeName): readonly ColumnShape[] {
    return this.shape[type].filter(({ kind }) => kind.is === 'id');
  }
}

/** References that something else has to agree with: a membership's container, an epoch's session, a strain's species. */
const tied = [
  'Subject.speciesId',
  'Subject.strainId',
  'Strain.speciesId',
  ...['Behavior', 'DataAcquisition', 'Manipulation'].flatMap((type) => [`${type}.sessionId`, `${type}.epochId`]),
  ...['projectId', 'behavioralParadigmId', 'setupId', 'dataStorageId', 'inventoryId', 'userId', 'groupId'].map(
    (column) => `Membership.${column}`,
  ),
  'GroupMembership.userId',
  'GroupMembership.groupId',
  'Epoch.sessionId',
  'Collection.projectId',
  'Cohort.projectId',
];

/** Join tables by which an object becomes visible, or whose rows must agree with others. */
const givesVisibility: readonly LinkName[] = [
  'project_subject',
  'project_session',
  'collection_session',
  'cohort_subject',
  'laboratory_principal_investigator',
  'laboratory_invited_investigator',
];

/**
 * Whether a reference that may be null is nevertheless needed: the address of a file is open where no storage is named,
 * and an invitation names what it is to.
 */
function isNeeded(type: TypeName, column: string): boolean {
  const storages = ['dataStorageId', 'fileUrlOfId', 'fileNameOfId'];
  return (type === 'DataAcquisition' && storages.includes(column)) || type === 'Membership';
}

function isViewer({ viewer }: Oracle, row: Row): boolean {
  return viewer.kind === 'user' && viewer.userId === row.id;
}

function scrambleValue({ kind, property }: ColumnShape, value: Value): Value {
  if (value === null) return null;
  switch (kind.is) {
    case 'text':
    case 'webAddress':
    case 'words':
    case 'object':
    case 'list':
      return JSON.parse(
        JSON.stringify(value).replaceAll(canaryPattern, (token) => `canaryz${token.slice(7)}`),
      ) as Value;
    case 'choice':
      // A role is what decides, not what is decided about.
      return property === 'role' ? value : kind.of[(kind.of.indexOf(value as string) + 1) % kind.of.length]!;
    case 'duration':
      return 'P77D';
    case 'choices':
      return [...(value as string[])].reverse().slice(0, 1);
    case 'whole':
    case 'decimal':
      return (value as number) + 7;
    case 'day':
      return (value as string).replace(/^20/, '21');
    case 'instant':
      return decisive.includes(property) ? value : (value as string).replace(/^2025/, '2024');
    case 'flag':
    case 'id':
      return value;
  }
}

/** Moments that decide whether something is in force. */
const decisive = ['acceptedAt', 'publishedAt', 'firstPublishedAt'];

function types(rows: World['rows']): TypeName[] {
  return Object.keys(rows) as TypeName[];
}

function mapRows({ rows }: World, change: (type: TypeName, row: Row) => Row): World['rows'] {
  return Object.fromEntries(
    types(rows).map((type) => [type, rows[type].map((row) => change(type, row))]),
  ) as unknown as World['rows'];
}

function mapLinks(change: (name: LinkName) => LinkRow[]): World['links'] {
  return Object.fromEntries(linkNames.map((name) => [name, change(name)])) as unknown as World['links'];
}

function typeOfColumn(column: string): TypeName {
  const name = column.replace(/Id$/, '');
  return (name.charAt(0).toUpperCase() + name.slice(1)) as TypeName;
}
