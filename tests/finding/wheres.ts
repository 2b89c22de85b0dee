import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { readRegistry } from '../../src/domain/module/registry';
import { kindOfCodes } from '../../src/finding/codes';
import type { Row, TypeName, World } from '../world/world';
import type { Where } from './evaluate';

type Arbitrary<T> = fc.Arbitrary<T>;

const durations = ['P3M', 'P90D', 'P13W', 'P2160D', 'P1Y', 'P12M', 'P365.25D', 'P18M', 'PT2160H', 'P0D'];
const ranges = ['P84D/P140D', 'P84D/', '/P18M', 'P3M/P6M'];

/** Makes filters of every type from the schema that is served, over what stands in a world, hidden or not. */
export class Wheres {
  private readonly made = new Map<string, Arbitrary<Where>>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly world: World,
  ) {}

  /** Every field of a type once, each asked for something that stands there somewhere in the world; whether it holds or not. */
  ofEachField(type: TypeName): { name: string; where: Arbitrary<Where> }[] {
    return this.fieldsOf(`${type}Where`)
      .filter(({ name }) => !['and', 'or', 'not'].includes(name))
      .map((field) => ({
        name: field.name,
        where: this.field(type, field, 1).map((given) => ({ [field.name]: given })),
      }));
  }

  /** Any filter of a type, so many levels deep. */
  of(type: TypeName, levels: number): Arbitrary<Where> {
    const key = `${type} ${levels}`;
    const known = this.made.get(key) ?? this.make(type, levels);
    this.made.set(key, known);
    return known;
  }

  private make(type: TypeName, levels: number): Arbitrary<Where> {
    const fields = this.fieldsOf(`${type}Where`).filter((field) => {
      const leads = field.name === 'isNull' || ['and', 'or', 'not'].includes(field.name) || this.leadsOn(field);
      return levels > 0 ? true : !leads;
    });
    return fc
      .subarray(fields, { minLength: 1, maxLength: 2 })
      .chain((some) =>
        fc
          .tuple(...some.map((field) => this.field(type, field, levels - 1)))
          .map((values) => Object.fromEntries(values.map((value, index) => [some[index]!.name, value]))),
      );
  }

  private field(type: TypeName, field: GraphQLInputField, levels: number): Arbitrary<unknown> {
    const { name } = field;
    if (name === 'isNull') return fc.boolean();
    if (name === 'not') return this.of(type, levels);
    if (name === 'and' || name === 'or') return fc.array(this.of(type, levels), { maxLength: 2 });
    const input = getNamedType(field.type) as GraphQLInputObjectType;
    if (input.name.endsWith('ListWhere')) return this.list(input, levels);
    if (input.name.endsWith('Where'))
      return fc.oneof(
        { weight: 1, arbitrary: fc.constant({ isNull: true }) },
        { weight: 3, arbitrary: this.of(typeOf(input), Math.max(0, levels)) },
      );
    if ('some' in input.getFields()) return this.values(type, name, input);
    if (input.name === 'JsonFilter') return fc.array(this.json(type, name), { minLength: 1, maxLength: 2 });
    return this.tests(type, name, input);
  }

  /** Something at a path that leads somewhere, of some row; of the kind that is there, or of another. */
  private json(type: TypeName, field: string): Arbitrary<Where> {
    const objects = this.world.rows[type].flatMap((row) => [row[field]].flat()) as Record<string, unknown>[];
    const places = objects.flatMap((one) => Object.entries(one ?? {}));
    return fc.constantFrom(['nowhere', 'x'], ['note.deeper', 'x'], ...places).chain(([path, value]) => {
      const text = [{ contains: 'NARY' }, { equals: String(value) }, { startsWith: 'can', isNull: false }];
      const number = [{ gte: 1 }, { equals: 1, lt: 1 }, { between: { from: 0, to: 1 } }];
      const mixed = [{ in: [0, String(value), 1, true] }, { in: [] }, { equals: true }, { gte: 1, contains: 'nary' }];
      const either = [{ isNull: true }, { isNull: false }, { isNull: true, equals: String(value) }, {}];
      return fc.constantFrom(...text, ...number, ...mixed, ...either).map((asked) => ({ path, ...asked }));
    });
  }

  private list(input: GraphQLInputObjectType, levels: number): Arbitrary<Where> {
    const target = input.name.replace(/ListWhere$/, '') as TypeName;
    const count = fc
      .tuple(fc.constantFrom('equals', 'gte', 'lt'), fc.integer({ min: 0, max: 3 }))
      .map(([operator, many]) => ({ [operator]: many }));
    return fc
      .constantFrom('some', 'every', 'none', 'count')
      .chain((quantifier) =>
        quantifier === 'count'
          ? count.map((given) => ({ count: given }))
          : fc
              .oneof(
                { weight: 4, arbitrary: this.of(target, Math.max(0, levels)) },
                { weight: 1, arbitrary: fc.constant({}) },
              )
              .map((given) => ({ [quantifier]: given })),
      );
  }

  /** Of a list of small values, what some of them hold that stand somewhere. */
  private values(type: TypeName, field: string, input: GraphQLInputObjectType): Arbitrary<Where> {
    const { some, count } = input.getFields();
    const members = this.fieldsOf(getNamedType(some!.type).name);
    const standing = this.world.rows[type].flatMap((row) => [row[field] as unknown as Row[]].flat());
    const asked = fc
      .subarray(members, { maxLength: 2 })
      .chain((named) =>
        fc
          .tuple(
            ...named.map((member) =>
              fc
                .constantFrom(...Object.values((getNamedType(member.type) as GraphQLInputObjectType).getFields()))
                .chain((operator) =>
                  this.operandAmong(standing, member.name, operator).map((given) => ({ [operator.name]: given })),
                ),
            ),
          )
          .map((tests) => Object.fromEntries(tests.map((test, place) => [named[place]!.name, test]))),
      );
    return fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(fc.constantFrom('some', 'every', 'none'), asked).map(([name, of]) => ({ [name]: of })),
      },
      { weight: 1, arbitrary: fc.boolean().map((isEmpty) => ({ isEmpty })) },
      {
        weight: 1,
        arbitrary: this.tests(type, 'version', getNamedType(count!.type) as GraphQLInputObjectType).map((asks) => ({
          count: asks,
        })),
      },
    );
  }

  private tests(type: TypeName, field: string, input: GraphQLInputObjectType): Arbitrary<Where> {
    return fc
      .constantFrom(...Object.values(input.getFields()))
      .chain((operator) => this.operand(type, field, operator).map((given) => ({ [operator.name]: given })));
  }

  private operand(type: TypeName, field: string, { name, type: of }: GraphQLInputField): Arbitrary<unknown> {
    const named = getNamedType(of);
    if (name === 'isNull' || name === 'isEmpty') return fc.boolean();
    if (this.isDuration(type, field))
      return operand(of, fc.constantFrom(...durations, ...(['equals', 'in'].includes(name) ? ranges : [])));
    if (named.name === 'ModuleTypeCode') return operand(of, fc.constantFrom(...codesOf(type, field)));
    return this.operandAmong(this.world.rows[type], field, { name, type: of });
  }

  private operandAmong(
    rows: readonly Row[],
    field: string,
    { name, type: of }: Pick<GraphQLInputField, 'name' | 'type'>,
  ): Arbitrary<unknown> {
    const named = getNamedType(of);
    if (name === 'isNull') return fc.boolean();
    if (isEnumType(named)) return operand(of, fc.constantFrom(...named.getValues().map((value) => value.name)));
    return operand(of, this.stored(rows, field, name));
  }

  /** Something that stands in this column of some row; of a text now and then a part of it, in other letters. */
  private stored(rows: readonly Row[], field: string, operator: string): Arbitrary<unknown> {
    const values = rows.flatMap((row) => row[field] ?? []);
    const standing = values.length > 0 ? fc.constantFrom(...values) : fc.constant('canary');
    return standing.chain((value) => {
      if (typeof value !== 'string' || field === 'id' || /^\d{4}-\d\d-\d\d/.test(value)) return fc.constant(value);
      const parts: Record<string, string[]> = {
        contains: [value.slice(2, -1), value.slice(-2)],
        startsWith: [value.slice(0, -1), value.slice(0, 3)],
        endsWith: [value.slice(-1), value.slice(3)],
      };
      return fc.constantFrom(value, ...(parts[operator] ?? []), value.toUpperCase());
    });
  }

  private isDuration(type: TypeName, field: string): boolean {
    const of = this.fieldsOf(`${type}Where`).find(({ name }) => name === field)!.type;
    return getNamedType(of).name === 'DurationFilter';
  }

  private leadsOn(field: GraphQLInputField): boolean {
    return getNamedType(field.type).name.endsWith('Where');
  }

  private fieldsOf(name: string): GraphQLInputField[] {
    const input = this.schema.getType(name);
    if (!isInputObjectType(input)) throw new Error(`There is no input ${name}.`);
    return Object.values(input.getFields());
  }
}

/** What an operator takes: one, some, or two ends. */
function operand(of: GraphQLInputType, one: Arbitrary<unknown>): Arbitrary<unknown> {
  if (isListType(getNullableType(of))) return fc.array(one, { maxLength: 3 });
  return isInputObjectType(getNamedType(of)) ? fc.record({ from: one, to: one }) : one;
}

/** The codes that may be asked for in a field: others are refused. */
function codesOf(type: TypeName, field: string): string[] {
  const kind = kindOfCodes(type, field);
  return readRegistry().flatMap((one) => (one.kind === kind ? [one.type] : []));
}

const typeOf = ({ name }: GraphQLInputObjectType): TypeName => name.replace(/Where$/, '') as TypeName;
