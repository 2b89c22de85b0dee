import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { ModuleTypeCode } from '../domain/module/module-type-code';
import type { NodeName } from '../model/ids';
import { withArticle } from '../model/names';
import { DateTime, JsonValue, LocalDay, SafeInt } from '../model/scalars';
import { bounds } from './bounds';
import { filterablesOf, type Filterable, type Kind } from './filterable';
import { jsonOperators, operators, takesFlag, takesMany, type JsonKind, type Operator } from './operators';

/** What is said of each operator. */
const told: Readonly<Record<Operator, string>> = {
  equals: 'It is this.',
  in: `It is one of these, at most ${bounds.values}.`,
  contains: 'This stands in it.',
  startsWith: 'It begins with this.',
  endsWith: 'It ends with this.',
  gt: 'It is more than this.',
  gte: 'It is this, or more.',
  lt: 'It is less than this.',
  lte: 'It is this, or less.',
  between: 'It is within these, or one of them.',
  isNull: 'Whether you read null here.',
  has: 'This is in it.',
  hasAny: `One of these is in it, at least; at most ${bounds.values} are asked for.`,
  hasAll: `All of these are in it; at most ${bounds.values} are asked for.`,
  isEmpty: 'Whether nothing is in it.',
};

const inTime: Partial<Record<Operator, string>> = {
  gt: 'It is later than this.',
  gte: 'It is this, or later.',
  lt: 'It is earlier than this.',
  lte: 'It is this, or earlier.',
};

/** What is said of an operator on a kind of value. */
const toldOf = (operator: Operator, kind: Kind): string =>
  ((kind === 'instant' || kind === 'day') && inTime[operator]) || told[operator];

/** How the inputs of each kind are called, and what they take; those of closed lists are called after the list. */
const shapes: Readonly<Record<Kind, { name: string; of: GraphQLInputType; about: string }>> = {
  text: { name: 'Text', of: GraphQLString, about: 'a text, whatever its case and accents' },
  code: { name: 'ModuleTypeCode', of: ModuleTypeCode, about: 'a code of `moduleTypes`' },
  choice: { name: '', of: GraphQLString, about: 'one of a closed list' },
  id: { name: 'Id', of: GraphQLID, about: 'an id' },
  flag: { name: 'Boolean', of: GraphQLBoolean, about: 'a yes or no' },
  count: { name: 'Count', of: SafeInt, about: 'a whole number' },
  decimal: { name: 'Float', of: GraphQLFloat, about: 'a number' },
  instant: { name: 'DateTime', of: DateTime, about: 'a moment' },
  duration: {
    name: 'Duration',
    of: GraphQLString,
    about:
      'how long an ISO 8601 duration such as `P90D` is: a month has 30.4375 days, a year 365.25. Of a range (`P3M/P6M`) it has to hold of all of it; `equals` and `in` take ranges too',
  },
  day: { name: 'Date', of: LocalDay, about: 'a day' },
  words: { name: 'TextList', of: GraphQLString, about: 'a list of texts, whatever their case and accents' },
  choices: { name: 'List', of: GraphQLString, about: 'some of a closed list' },
  json: { name: 'Json', of: GraphQLString, about: 'what is at a path in JSON' },
};

/** What the operators on JSON take, and of what they hold. */
const jsonOperands: Readonly<Record<Exclude<JsonKind, 'flag'> | 'any', { type: GraphQLInputType; about: string }>> = {
  any: { type: JsonValue, about: '' },
  number: { type: GraphQLFloat, about: 'Holds of numbers alone.' },
  text: { type: GraphQLString, about: 'Holds of texts alone, whatever their case and accents.' },
};

/** Makes the inputs of `where`, one for each type of object and one for each kind of value, as they are asked for. */
export class WhereInputs {
  private readonly made = new Map<string, GraphQLInputObjectType>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** `SessionWhere`. */
  of(type: NodeName): GraphQLInputObjectType {
    return this.once(
      `${type}Where`,
      `By what objects of the type ${type} are found. All that is given has to hold of what you read; what is hidden from you does not count.`,
      (self) => ({
        ...Object.fromEntries([...filterablesOf(type).values()].map((one) => [one.name, this.field(one)])),
        isNull: {
          type: GraphQLBoolean,
          description: `Where a field leads to ${withArticle(type)}: whether you read null there. Elsewhere it never is.`,
        },
        and: { type: listOf(self), description: `All of these hold. At most ${bounds.conditions}.` },
        or: { type: listOf(self), description: `One of these holds, or several. At most ${bounds.conditions}.` },
        not: { type: self, description: 'This does not hold.' },
      }),
    );
  }

  private field(one: Filterable): { type: GraphQLInputType; description: string } {
    switch (one.leads) {
      case 'nowhere':
        if (one.kind === 'json')
          return {
            type: listOf(this.json()),
            description: `What is in \`${one.name}\`: all of these hold. At most ${bounds.conditions}.`,
          };
        return { type: this.values(one.kind, one.choice?.name), description: `What \`${one.name}\` is.` };
      case 'toValues':
        return {
          type: this.listOfValues(one),
          description: `What holds of \`${one.name}\`, the values that are there.`,
        };
      case 'toOne':
        return { type: this.of(one.target), description: `What holds of \`${one.name}\`, the object that is there.` };
      case 'toMany':
        return {
          type: this.list(one.target),
          description: `What holds of \`${one.name}\`, the objects that you see there.`,
        };
    }
  }

  private list(target: NodeName): GraphQLInputObjectType {
    const where = this.of(target);
    return this.once(
      `${target}ListWhere`,
      `What holds of a list of ${target} objects, as far as you see them. Of a list that you read as null nothing holds.`,
      () => ({
        some: { type: where, description: 'It holds of one of them, at least.' },
        every: { type: where, description: 'It holds of all of them, or there are none.' },
        none: { type: where, description: 'It holds of none of them.' },
        count: { type: this.values('count'), description: 'How many there are.' },
      }),
    );
  }

  /** `FundingListFilter`, of values that `FundingFilter` asks. */
  private listOfValues({ of, members }: Extract<Filterable, { leads: 'toValues' }>): GraphQLInputObjectType {
    const one = this.once(
      `${of}Filter`,
      `What is asked of a ${of}. All that is given has to hold of one at once.`,
      () =>
        Object.fromEntries(
          members.map(({ name, kind, choice }) => [
            name,
            { type: this.values(kind, choice?.name), description: `What its \`${name}\` is.` },
          ]),
        ),
    );
    return this.once(
      `${of}ListFilter`,
      `What is asked of a list of ${of} values. All that is given has to hold.`,
      () => ({
        some: { type: one, description: 'It holds of one of them, at least.' },
        every: { type: one, description: 'It holds of all of them, or there are none.' },
        none: { type: one, description: 'It holds of none of them.' },
        count: { type: this.values('count'), description: 'How many there are.' },
        isEmpty: { type: GraphQLBoolean, description: told.isEmpty },
      }),
    );
  }

  private values(kind: Kind, choice?: string): GraphQLInputObjectType {
    const { name, about } = shapes[kind];
    const of = choice === undefined ? shapes[kind].of : (this.schema.getType(choice) as GraphQLEnumType);
    return this.once(`${choice ?? ''}${name}Filter`, `What is asked of ${about}. All that is given has to hold.`, () =>
      Object.fromEntries(
        operators[kind].map((operator) => [
          operator,
          { type: this.operand(operator, of, `${name}Range`), description: toldOf(operator, kind) },
        ]),
      ),
    );
  }

  private json(): GraphQLInputObjectType {
    return this.once(
      'JsonFilter',
      'What is asked of what is at a path in JSON. All that is given has to hold of one value there.',
      () => ({
        path: {
          type: new GraphQLNonNull(GraphQLString),
          description: 'Names, one within the other, separated by dots: `sr.value`. A list leads to all that is in it.',
        },
        ...Object.fromEntries(
          Object.entries(jsonOperators).map(([operator, of]) => {
            const { type, about } = jsonOperands[of];
            return [
              operator,
              {
                type: this.operand(operator as Operator, type, 'FloatRange'),
                description: `${told[operator as Operator]} ${about}`.trim(),
              },
            ];
          }),
        ),
      }),
    );
  }

  private operand(operator: Operator, of: GraphQLInputType, range: string): GraphQLInputType {
    if (takesFlag.includes(operator)) return GraphQLBoolean;
    if (takesMany.includes(operator)) return listOf(of);
    if (operator !== 'between') return of;
    return this.once(range, 'Two ends, both of them included.', () => ({
      from: { type: new GraphQLNonNull(of), description: 'Where it begins.' },
      to: { type: new GraphQLNonNull(of), description: 'Where it ends.' },
    }));
  }

  private once(
    name: string,
    description: string,
    fields: (self: GraphQLInputObjectType) => GraphQLInputFieldConfigMap,
  ): GraphQLInputObjectType {
    const known = this.made.get(name);
    if (known) return known;
    const made: GraphQLInputObjectType = new GraphQLInputObjectType({ name, description, fields: () => fields(made) });
    this.made.set(name, made);
    return made;
  }
}

const listOf = (type: GraphQLInputType): GraphQLInputType => new GraphQLList(new GraphQLNonNull(type));
