import { createHash } from 'node:crypto';
import { badInput } from '../errors';
import type { ManyEdge, ReferenceEdge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { bounds } from './bounds';
import { refuseUnknownCodes } from './codes';
import { filterablesOf, type Filterable } from './filterable';
import { entriesOf, type Given } from './given';
import { readJsonTest, readTests, type jsonOperators, type JsonTest, type Test } from './operators';
import { pathsBeside, readPath, type Paths } from './paths';

/** What has to hold of an object, as it is compiled to SQL. */
export type Condition =
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'value'; field: string; test: Test }
  /** At the path in JSON something is of which all of these hold at once; or, where it is absent, nothing is. */
  | { kind: 'json'; field: string; path: string; isAbsent: boolean; tests: readonly JsonTest[] }
  /** All of these hold at once of some, every or none of the small values in a list; or of how many there are. */
  | { kind: 'values'; field: string; asks: 'some' | 'every' | 'none' | 'count'; tests: readonly ValueTest[] }
  /** An object is there of which this holds; or, of nothing, none is. */
  | { kind: 'one'; edge: ReferenceEdge; of: Condition | undefined }
  | { kind: 'some' | 'every' | 'none'; edge: ManyEdge; of: Condition }
  | { kind: 'count'; edge: ManyEdge; test: Test };

/** What is asked of a field of a small value; or, of how many there are, of that. */
export interface ValueTest {
  member: string;
  test: Test;
}

/** A `where` that was read: what has to hold, and how much of it there is. */
export interface Where {
  condition: Condition;
  /** The same for two that ask for the same. */
  key: string;
  conditions: number;
  /** How often it is looked from an object at others. */
  steps: number;
  /** With how many values something is compared. */
  values: number;
}

/** What was read of a `where` is not read again for each alias and each parent: a variable is the same object everywhere. */
const read = new WeakMap<object, Where>();

/**
 * Reads the argument `where` of a connection; undefined where nothing is asked for. Throws BAD_USER_INPUT that names the
 * place, such as `where.subjects.some.name`, and says what to send instead.
 */
export function readWhere(type: NodeName, given: unknown, place = 'where'): Where | undefined {
  if (given === undefined || given === null) return undefined;
  const known = read.get(given);
  if (known) return known;
  const reader = new Reader();
  const condition = reader.object(type, given as Given, place, 1);
  const { conditions, steps, values } = reader;
  const where = { condition, conditions, steps, values, key: digestOf(given) };
  read.set(given, where);
  return where;
}

function digestOf(given: object): string {
  return createHash('sha256').update(JSON.stringify(given)).digest('base64url');
}

type ValueList = Extract<Filterable, { leads: 'toValues' }>;

/** What never holds. */
const nothing: Condition = { kind: 'any', of: [] };

/** A list of small values holds up to two hundred, and each is looked at: as much as so many steps more. */
const stepsOfValues = 19;

class Reader {
  conditions = 0;
  steps = 0;
  values = 0;
  private objects = 0;

  object(type: NodeName, given: Given, place: string, depth: number): Condition {
    this.nest(place, depth);
    const fields = filterablesOf(type);
    return {
      kind: 'all',
      of: entriesOf(given, place).flatMap(([name, value, at]): Condition[] => {
        switch (name) {
          case 'and':
          case 'or':
            return [
              {
                kind: name === 'and' ? 'all' : 'any',
                of: (value as readonly Given[]).map((one, index) =>
                  this.object(type, one, `${at}[${index}]`, depth + 1),
                ),
              },
            ];
          case 'not':
            return [{ kind: 'not', of: this.object(type, value as Given, at, depth + 1) }];
          case 'isNull':
            // An object is there, of which the rest is asked: only from a reference it may not be.
            this.count(at);
            return value === true ? [nothing] : [];
          default:
            return this.field(fields.get(name)!, value as Given, at, depth + 1, pathsBeside(type, name, given));
        }
      }),
    };
  }

  private field(field: Filterable, given: Given, place: string, depth: number, beside: Paths): Condition[] {
    switch (field.leads) {
      case 'nowhere':
        if (field.kind === 'json')
          return (given as unknown as readonly Given[]).flatMap((one, index) =>
            this.json(field.name, one, `${place}[${index}]`, beside),
          );
        return readTests(field.kind, given, place).map((test) => {
          this.count(place, test);
          if (field.codes && 'value' in test) refuseUnknownCodes(field.codes, test.value, `${place}.${test.operator}`);
          return { kind: 'value', field: field.name, test };
        });
      case 'toValues':
        return this.listOfValues(field, given, place, depth);
      case 'toOne': {
        this.step(place);
        const { isNull, ...rest } = given;
        if (isNull !== true)
          return [{ kind: 'one', edge: field.edge, of: this.object(field.target, given, place, depth) }];
        this.object(field.target, rest, place, depth);
        // Of what is null nothing else holds.
        return [Object.keys(rest).length === 0 ? { kind: 'one', edge: field.edge, of: undefined } : nothing];
      }
      case 'toMany':
        return entriesOf(given, place).flatMap(([name, value, at]): Condition[] => {
          this.step(at);
          if (name === 'count')
            return readTests('count', value as Given, at).map((test) => {
              this.count(at, test);
              return { kind: 'count', edge: field.edge, test };
            });
          const of = this.object(field.target, value as Given, at, depth);
          return [{ kind: name as 'some' | 'every' | 'none', edge: field.edge, of }];
        });
    }
  }

  private nest(place: string, depth: number): void {
    if (depth > bounds.depth)
      throw badInput(
        `\`${place}\` nests ${depth} levels deep, but at most ${bounds.depth} are read: ask for less at once.`,
      );
    this.look(place);
  }

  /** Counts an object, one that asks for nothing too: it is read all the same. */
  private look(place: string): void {
    this.objects += 1;
    if (this.objects > bounds.objects)
      throw badInput(
        `\`where\` holds more than ${bounds.objects} objects, which are too many at once: leave out some, from \`${place}\` on.`,
      );
  }

  private json(field: string, given: Given, place: string, beside: Paths): Condition[] {
    this.look(place);
    const path = readPath(given['path'] as string, `${place}.path`, beside);
    const asked = entriesOf(given, place).filter(([name]) => name !== 'path');
    if (asked.length === 0) return [];
    const tests = asked.flatMap(([name, value, at]): JsonTest[] => {
      const test = name === 'isNull' ? undefined : readJsonTest(name as keyof typeof jsonOperators, value, place);
      this.count(at, test);
      return test ? [test] : [];
    });
    const isAbsent = given['isNull'] === true;
    // Of what is not there nothing else holds.
    return [isAbsent && tests.length > 0 ? nothing : { kind: 'json', field, path, isAbsent, tests }];
  }

  private listOfValues({ name: field, members }: ValueList, given: Given, place: string, depth: number): Condition[] {
    return entriesOf(given, place).map(([name, value, at]): Condition => {
      if (name === 'isEmpty' || name === 'count') {
        const asked = name === 'count' ? (value as Given) : value === true ? { equals: 0 } : { gte: 1 };
        const tests = readTests('count', asked, at).map((test) => ({ member: '', test }));
        for (const { test } of tests) this.count(at, test);
        return { kind: 'values', field, asks: 'count', tests };
      }
      this.nest(at, depth);
      this.step(at);
      this.steps += stepsOfValues;
      const tests = entriesOf(value as Given, at).flatMap(([member, asked, within]) => {
        const { kind } = members.find((one) => one.name === member)!;
        return readTests(kind, asked as Given, within).map((test) => {
          this.count(within, test);
          return { member, test };
        });
      });
      return { kind: 'values', field, asks: name as 'some' | 'every' | 'none', tests };
    });
  }

  private step(place: string): void {
    this.steps += 1;
    this.count(place);
  }

  private count(place: string, test?: Test | JsonTest): void {
    this.conditions += 1;
    if (this.conditions > bounds.conditions)
      throw badInput(
        `\`where\` asks more than ${bounds.conditions} things, which are too many at once: leave out some, from \`${place}\` on.`,
      );
    this.values += test && 'value' in test && Array.isArray(test.value) ? test.value.length : 1;
    if (this.values > bounds.allValues)
      throw badInput(
        `\`where\` compares with more than ${bounds.allValues} values, which are too many at once: leave out some, from \`${place}\` on.`,
      );
  }
}
