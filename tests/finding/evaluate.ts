import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import type { Oracle } from '../policy/oracle';
import { graph } from '../visibility/graph';
import { reach } from '../visibility/reach';
import type { Row, TypeName, Value } from '../world/world';

export type Where = Readonly<Record<string, unknown>>;

/**
 * What a filter finds, worked out by reading: of every object what the visibility page lets the viewer read, and then whether
 * it is what was asked for. It knows no SQL and none of the server's rules.
 */
export class Evaluator {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly oracle: Oracle,
  ) {}

  /** Those of some objects of which a `where` holds. */
  found(type: TypeName, rows: readonly Row[], where: unknown): Row[] {
    return where == null ? [...rows] : rows.filter((row) => this.holds(type, row, where as Where));
  }

  private holds(type: TypeName, row: Row, where: Where): boolean {
    return Object.entries(where).every(([name, given]) => {
      switch (name) {
        case 'and':
          return (given as Where[]).every((one) => this.holds(type, row, one));
        case 'or':
          return (given as Where[]).some((one) => this.holds(type, row, one));
        case 'not':
          return !this.holds(type, row, given as Where);
        case 'isNull':
          return given === false;
        default:
          return this.fieldHolds(type, row, name, given as Where);
      }
    });
  }

  private fieldHolds(type: TypeName, row: Row, name: string, given: Where): boolean {
    const edge = graph[type][name];
    const isRead = this.oracle.seesField(type, row, name);
    const kind = edge ? undefined : this.kindOf(type, name);
    if (kind === 'JsonFilter')
      return (given as unknown as Where[]).every((one) => jsonHolds(isRead ? row[name]! : null, one));
    if (kind === 'DurationFilter') return durationHolds(isRead ? (row[name] as string | null) : null, given);
    if (kind === 'ValuesFilter') return valuesHold(isRead ? row[name]! : null, given);
    if (name === 'viewerRole') return testsHold(kind!, this.oracle.role(type, row), given);
    if (!edge) return testsHold(kind!, isRead ? row[name]! : null, given);
    const far = isRead
      ? reach(this.oracle.world, type, row, edge).filter((other) => this.oracle.sees(edge.type, other))
      : undefined;
    if (edge.leads !== 'to') return this.listHolds(edge.type, far, given);
    const there = far?.[0];
    if (there) return this.holds(edge.type, there, given);
    return given['isNull'] === true && Object.keys(given).length === 1;
  }

  private listHolds(type: TypeName, rows: readonly Row[] | undefined, given: Where): boolean {
    return Object.entries(given).every(([name, asked]) => {
      if (!rows) return false;
      const holds = (row: Row): boolean => this.holds(type, row, asked as Where);
      switch (name) {
        case 'some':
          return rows.some(holds);
        case 'every':
          return rows.every(holds);
        case 'none':
          return !rows.some(holds);
        default:
          return testsHold('CountFilter', rows.length, asked as Where);
      }
    });
  }

  private kindOf(type: TypeName, field: string): string {
    const input = this.schema.getType(`${type}Where`) as GraphQLInputObjectType;
    const named = getNamedType(input.getFields()[field]!.type);
    if (!isInputObjectType(named)) throw new Error(`${type}Where.${field} is no input.`);
    if ('some' in named.getFields()) return 'ValuesFilter';
    const of = getNamedType(named.getFields()['equals']?.type);
    return isEnumType(of) ? 'EnumFilter' : named.name;
  }
}

/** Whether everything holds that is asked of a list of small values. */
function valuesHold(read: Value, given: Where): boolean {
  if (read === null) return false;
  const values = read as unknown as Record<string, Value>[];
  return Object.entries(given).every(([name, asked]) => {
    const holds = (one: Record<string, Value>): boolean =>
      Object.entries(asked as Where).every(([member, tests]) =>
        testsHold('TextFilter', one[member] ?? null, tests as Where),
      );
    switch (name) {
      case 'isEmpty':
        return (values.length === 0) === asked;
      case 'count':
        return testsHold('CountFilter', values.length, asked as Where);
      case 'some':
        return values.some(holds);
      case 'every':
        return values.every(holds);
      default:
        return !values.some(holds);
    }
  });
}

/** Whether everything holds that is asked of what is at a path, through lists as well. */
function jsonHolds(read: Value, { path, ...asked }: Where): boolean {
  const step = (value: unknown, name: string): unknown[] =>
    [value]
      .flat()
      .flatMap((one) => (one instanceof Object && name in one ? [(one as Record<string, unknown>)[name]] : []));
  const found = (path as string)
    .split('.')
    .reduce<unknown[]>((some, name) => some.flatMap((one) => step(one, name)), [read])
    .flat();
  const there = found.filter((one) => one !== null);
  const { isNull, ...others } = asked;
  if (isNull === true) return there.length === 0 && Object.keys(others).length === 0;
  if (Object.keys(asked).length === 0) return true;
  return there.some((one) => Object.entries(others).every(([operator, given]) => jsonTestHolds(one, operator, given)));
}

function jsonTestHolds(found: unknown, operator: string, given: unknown): boolean {
  const isOf = (kind: string): boolean => typeof found === kind;
  const holds = isOf('string') || isOf('number') || isOf('boolean');
  if (['contains', 'startsWith', 'endsWith'].includes(operator) && !isOf('string')) return false;
  if (['gt', 'gte', 'lt', 'lte', 'between'].includes(operator) && !isOf('number')) return false;
  return holds && testsHold('TextFilter', found as Value, { [operator]: given });
}

const unitDays: Readonly<Record<string, number>> = {
  Y: 365.25,
  M: 30.4375,
  W: 7,
  D: 1,
  h: 1 / 24,
  m: 1 / 1440,
  s: 1 / 86_400,
};

/** How many seconds a duration has. */
function secondsOf(duration: string): number {
  const [date = '', time = ''] = duration.split('T');
  const parts = [...`${date}${time.toLowerCase()}`.matchAll(/([\d.]+)([YMWDhms])/g)];
  return Math.round(parts.reduce((sum, [, many, unit]) => sum + Number(many) * unitDays[unit!]! * 86_400, 0));
}

/** From where to where a duration or a range of two reaches; undefined for what is neither. */
export function reachOf(age: string): [from: number, to: number] | undefined {
  if (!/^[P/]/.test(age)) return undefined;
  const [from, to = from] = age.split('/');
  const ends = [from === '' ? 0 : secondsOf(from!), to === '' ? Infinity : secondsOf(to!)];
  return [Math.min(...ends), Math.max(...ends)];
}

/** Whether everything holds that is asked of a duration; of a range, whether of all of it. */
function durationHolds(read: string | null, { isNull, ...given }: Where): boolean {
  if (isNull !== undefined && isNull !== (read === null)) return false;
  const reach = read === null ? undefined : reachOf(read);
  return Object.entries(given).every(([operator, asked]) => {
    if (!reach) return false;
    const isThis = (one: string): boolean => String(reachOf(one)) === String(reach);
    if (operator === 'equals') return isThis(asked as string);
    if (operator === 'in') return (asked as string[]).some(isThis);
    const { from, to } = asked as { from: string; to: string };
    if (operator === 'between') return reach[0] >= secondsOf(from) && reach[1] <= secondsOf(to);
    return testsHold('FloatFilter', operator.startsWith('g') ? reach[0] : reach[1], {
      [operator]: secondsOf(asked as string),
    });
  });
}

/** Whether everything holds that is asked of a value. */
function testsHold(kind: string, read: Value, given: Where): boolean {
  const inKind = (value: unknown): unknown => comparable(kind, value);
  return Object.entries(given).every(([operator, asked]) => {
    if (operator === 'isNull') return (read === null) === asked;
    if (read === null) return false;
    const value = inKind(read) as never;
    const one = (): never => inKind(asked) as never;
    const many = (): unknown[] => (asked as unknown[]).map(inKind);
    const inIt = (): unknown[] => (read as unknown[]).map(inKind);
    switch (operator) {
      case 'equals':
        return value === one();
      case 'in':
        return many().includes(value);
      case 'gt':
        return value > one();
      case 'gte':
        return value >= one();
      case 'lt':
        return value < one();
      case 'lte':
        return value <= one();
      case 'between': {
        const { from, to } = asked as { from: unknown; to: unknown };
        return value >= (inKind(from) as never) && value <= (inKind(to) as never);
      }
      case 'contains':
        return (value as string).includes(one());
      case 'startsWith':
        return (value as string).startsWith(one());
      case 'endsWith':
        return (value as string).endsWith(one());
      case 'has':
        return inIt().includes(one());
      case 'hasAny':
        return many().some((each) => inIt().includes(each));
      case 'hasAll':
        return many().every((each) => inIt().includes(each));
      case 'isEmpty':
        return ((read as unknown[]).length === 0) === asked;
      default:
        throw new Error(`Nothing says what ${operator} asks for: teach it to this file.`);
    }
  });
}

function comparable(kind: string, value: unknown): unknown {
  switch (kind) {
    case 'TextFilter':
    case 'TextListFilter':
      return typeof value === 'string' ? value.toLowerCase() : value;
    case 'DateTimeFilter':
      return Date.parse(value as string);
    case 'CountFilter':
      return Number(value);
    default:
      return value;
  }
}
