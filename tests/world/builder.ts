import { newId } from '../../src/model/ids';
import { Dice } from './dice';
import type { ColumnShape, Shape } from './shape';
import {
  type EventRow,
  linkNames,
  type LinkName,
  type LinkRow,
  type Perch,
  type Row,
  type TypeName,
  type Value,
  type World,
} from './world';

/** The first moment of every world; each object is recorded a millisecond after the one before. */
const genesis = Date.UTC(2026, 0, 5, 9);
const day = 86_400_000;

/** Durations in every form; now and then a text that is none, which no author could write. */
export const ages = [
  'P90D',
  'P3M',
  'adult',
  'P12W/P20W',
  'P1Y',
  'P13W',
  'P12W/',
  '/P1.5Y',
  'P365DT6H',
  'PT2160H',
  'P6M/P3M',
];

/** Adds rows one by one: the caller says what matters, the rest is filled so that every text is a canary. */
export class WorldBuilder implements World {
  readonly rows: Record<TypeName, Row[]>;
  readonly links = Object.fromEntries(linkNames.map((name) => [name, []])) as unknown as Record<LinkName, LinkRow[]>;
  readonly events: EventRow[] = [];
  readonly canaries = new Map<string, Perch>();
  private readonly turns = new WeakMap<object, number>();
  private made = 0;
  private now = genesis;

  /** Decides what there is and how it hangs together. */
  readonly dice: Dice;
  /** Decides the rest, so that a new column does not change the world around it. */
  private readonly filling: Dice;

  constructor(
    private readonly shape: Shape,
    seed: number,
    /** Whether anything that can be left out (a text, a child, a link) is left out now and then, or never. */
    private readonly sparse: boolean,
  ) {
    this.dice = new Dice(seed);
    this.filling = new Dice(~seed);
    this.rows = Object.fromEntries(Object.keys(shape).map((name) => [name, []])) as unknown as Record<TypeName, Row[]>;
  }

  add(type: TypeName, columns: Record<string, Value> = {}): Row {
    this.now += 1;
    const row: Row = {
      id: newId(type, { now: () => this.now, bytes: (length) => this.filling.bytes(length) }),
      createdAt: new Date(this.now).toISOString(),
      updatedAt: new Date(this.now + 60_000).toISOString(),
      version: this.filling.between(1, 9),
    };
    for (const column of this.shape[type]) {
      const given = columns[column.property];
      row[column.property] = given === undefined ? this.fill(type, row.id, column) : given;
    }
    this.rows[type].push(row);
    return row;
  }

  /** How many of something there are at least. */
  get least(): 0 | 1 {
    return this.sparse ? 0 : 1;
  }

  /** One of these by chance; where nothing may be left out, each in its turn. */
  choose<T>(from: readonly T[]): T {
    if (this.sparse) return this.dice.pick(from);
    const turn = this.turns.get(from) ?? 0;
    this.turns.set(from, turn + 1);
    return from[turn % from.length]!;
  }

  /** At most so many different ones of these: none to all of them, or, where nothing may be left out, all of them. */
  chooseSome<T>(from: readonly T[], most: number): T[] {
    if (this.sparse) return this.dice.some(from, 0, most);
    return Array.from({ length: Math.min(most, from.length) }, () => this.choose(from));
  }

  /** The id of one of these, or now and then of none. */
  chooseId(from: readonly Row[], probability = 0.8): string | null {
    return from.length > 0 && this.dice.chance(probability) ? this.choose(from).id : null;
  }

  link(name: LinkName, row: LinkRow): void {
    this.links[name].push(row);
  }

  /** Notes that something was published or revoked: by somebody with a token, or now and then by the operator. */
  record(type: TypeName, { id }: Row, action: EventRow['action']): void {
    this.now += 1;
    const byOperator = this.filling.chance(0.2);
    const canary = (column: string): string | null => (byOperator ? null : this.canary(type, id, column));
    this.events.push({
      objectId: id,
      action,
      happenedAt: new Date(this.now).toISOString(),
      actor: byOperator ? 'OPERATOR' : 'USER',
      userId: byOperator ? null : this.choose(this.rows.User).id,
      userName: canary('visibilityHistory'),
      tokenName: canary('visibilityHistory'),
    });
  }

  /** A text that occurs nowhere else, and the note of where it sits. */
  canary(type: TypeName, id: string, column: string): string {
    const token = canaryToken(this.canaries.size + 1);
    this.canaries.set(token, { type, id, column });
    return token;
  }

  private fill(type: TypeName, id: string, { property, nullable, kind }: ColumnShape): Value {
    if (nullable && (kind.is === 'id' || (this.sparse && this.filling.chance(0.3)))) return null;
    const canary = (): string => this.canary(type, id, property);
    switch (kind.is) {
      case 'text':
        return canary();
      case 'duration':
        return ages[this.later() % ages.length]!;
      case 'webAddress':
        return addressOf(canary());
      case 'words':
        return [canary(), canary()];
      case 'object':
        return { note: canary(), [canary()]: 1 };
      case 'list':
        return [valueOf(property, canary)];
      case 'choice':
        return this.filling.pick(kind.of);
      case 'choices':
        return this.filling.some(kind.of, 1, 3);
      // What comes later in a row is later in time, as the tables demand of ends and beginnings.
      case 'instant':
        return new Date(genesis - 30 * day + this.later() * 1000).toISOString();
      case 'day':
        return new Date(Date.UTC(2020, 0, 1) + this.later() * day).toISOString().slice(0, 10);
      case 'whole':
        return this.filling.between(0, 3);
      case 'decimal':
        return this.later() + 0.5;
      case 'flag':
        return false;
      case 'id':
        throw new Error(`${type}.${property} must be given: it may not be null.`);
    }
  }

  private later(): number {
    this.made += 1;
    return this.made;
  }
}

/** All canaries are spelt alike, so that they can be told in any text. */
export const canaryPattern = /canary[0-9a-z]{6}/g;

function canaryToken(number: number): string {
  return `canary${number.toString(36).padStart(6, '0')}`;
}

function addressOf(canary: string): string {
  return `https://lab.example/${canary}`;
}

/** The small values that have no id of their own, each with a canary in every text. */
function valueOf(property: string, canary: () => string): Value {
  switch (property) {
    case 'repositoryLinks':
      return { repository: 'DANDI', url: addressOf(canary()) };
    case 'funding':
      return { funder: canary(), awardNumber: canary(), identifier: canary(), url: addressOf(canary()) };
    case 'identifiers':
      return { scheme: 'AIND', value: canary() };
    case 'specifications':
      return { name: canary(), value: canary(), unit: canary() };
    case 'externalIdentifiers':
      return { source: canary(), identifier: canary(), url: addressOf(canary()) };
    case 'details':
      return { note: canary(), [canary()]: 1 };
    default:
      throw new Error(`A world cannot fill ${property}: teach it the fields of that value.`);
  }
}
