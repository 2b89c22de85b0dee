import { getOperationAST, parse, type GraphQLSchema } from 'graphql';
import { defaultLimits } from '../../src/budget/limits';
import { checkLimits } from '../../src/graph/limits';
import type { TypeName } from '../world/world';
import { cyclesOf, valuesOf, type Cycle, type Step } from './cycles';

/** A request that leads round a cycle of the schema again and again, as large as the estimate lets through, or larger. */
interface Nesting {
  query: string;
  variables: Record<string, boolean>;
  /** How many are asked for on each page; undefined: nothing is said. */
  first: number | undefined;
}

/** How a nesting is written. */
interface Style {
  name: string;
  /** How often it goes round: a few times with large pages, or as deep as it may. */
  goes: 'wide' | 'deep';
  /** How large its pages are: as large as the estimate lets through, as large as there are, or not said. */
  pages: 'fitting' | 'largest' | 'unsaid';
  write: (nest: Nest) => string;
}

interface Nest {
  schema: GraphQLSchema;
  start: string | undefined;
  steps: readonly Step[];
  args: string;
}

const variables = { yes: true, no: false };
const declared = '($yes: Boolean!, $no: Boolean!)';

const styles: readonly Style[] = [
  { name: 'wide', goes: 'wide', pages: 'fitting', write: (nest) => `{ ${plain(nest, 'id')} }` },
  { name: 'deep', goes: 'deep', pages: 'fitting', write: (nest) => `{ ${plain(nest, 'id')} }` },
  { name: 'no size said', goes: 'deep', pages: 'unsaid', write: (nest) => `{ ${plain(nest, 'id')} }` },
  { name: 'aliases', goes: 'wide', pages: 'fitting', write: aliased },
  { name: 'fragments', goes: 'deep', pages: 'fitting', write: inFragments },
  { name: 'directives', goes: 'wide', pages: 'fitting', write: directed },
  { name: 'too large', goes: 'deep', pages: 'largest', write: (nest) => `{ ${plain(nest, 'id')} }` },
];

/** A list of the schema in one style; made when it is wanted, since it takes some search. */
export interface Case {
  name: string;
  make: () => Nesting;
}

/** The corpus: every list of the schema from which a way leads back to it, in every style. */
export function corpusOf(schema: GraphQLSchema, one: ReadonlyMap<TypeName, string>): Case[] {
  return cyclesOf(schema).flatMap((cycle) => {
    const start = cycle.entry ? undefined : one.get(cycle.steps[0]!.from as TypeName);
    if (!cycle.entry && start === undefined) return [];
    return styles.map((style) => ({
      name: `${cycle.name}, ${style.name}`,
      make: () => nestingOf(schema, cycle, style, start),
    }));
  });
}

function nestingOf(
  schema: GraphQLSchema,
  { entry, steps }: Cycle,
  { goes, pages, write }: Style,
  start: string | undefined,
): Nesting {
  const make = (turns: number, first: number | undefined): Nesting => {
    const round = Array.from({ length: turns }, () => steps).flat();
    const args = first === undefined ? '' : `(first: ${first})`;
    return { query: write({ schema, start, steps: entry ? [entry, ...round] : round, args }), variables, first };
  };
  const fits = (nesting: Nesting): boolean => isLetThrough(schema, nesting);
  if (pages === 'largest') return make(5, 100);
  for (let turns = goes === 'wide' ? 2 : defaultLimits.depth; turns > 1; turns -= 1) {
    if (pages === 'unsaid' && fits(make(turns, undefined))) return make(turns, undefined);
    if (pages === 'fitting' && fits(make(turns, 2))) return largest(turns);
  }
  return pages === 'unsaid' ? make(1, undefined) : largest(1);

  function largest(turns: number): Nesting {
    let [least, most] = [1, 100];
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (fits(make(turns, middle))) least = middle;
      else most = middle - 1;
    }
    return make(turns, least);
  }
}

function isLetThrough(schema: GraphQLSchema, { query }: Nesting): boolean {
  const document = parse(query);
  try {
    checkLimits(schema, document, getOperationAST(document)!, variables, defaultLimits);
    return true;
  } catch {
    return false;
  }
}

/** What stands around the first step. */
function from({ start, steps }: Nest, inner: string): string {
  return start === undefined ? inner : `node(id: "${start}") { id ... on ${steps[0]!.from} { ${inner} } }`;
}

/** Each step in the one before. */
function nested(steps: readonly Step[], leaf: string, write: (step: Step, inner: string) => string): string {
  return steps.reduceRight((inner, step) => write(step, inner), leaf);
}

function take({ field, kind, to }: Step, args: string, inner: string, more = ''): string {
  if (kind === 'page') return `${field}${args}${more} { nodes { id ${inner} } }`;
  return `${field}${more} { ... on ${to} { id ${inner} } }`;
}

function plain(nest: Nest, leaf: string): string {
  return from(
    nest,
    nested(nest.steps, leaf, (step, inner) => take(step, nest.args, inner)),
  );
}

/** The whole under several names, with all values of the innermost objects under two. */
function aliased(nest: Nest): string {
  const values = valuesOf(nest.schema, nest.steps.at(-1)!.to).map((field) => `${field} also_${field}: ${field}`);
  const whole = nested(nest.steps, values.join(' '), (step, inner) => take(step, nest.args, inner));
  const aliases = Array.from({ length: 5 }, (_, index) => `a${index}_${nest.steps[0]!.field}: ${whole}`);
  return `{ ${from(nest, aliases.join(' '))} }`;
}

/** Every step in a fragment of its own, told by edges, with all values of every object. */
function inFragments(nest: Nest): string {
  const fragments = nest.steps.map(({ from: type, to, field, kind }, index) => {
    const inner = `... on ${to} { id ...Values_${to} ...Step${index + 1} }`;
    const below = kind === 'page' ? `edges { cursor node { ${inner} } } pageInfo { hasNextPage }` : inner;
    return `fragment Step${index} on ${type} { ${field}${kind === 'page' ? nest.args : ''} { ${below} } }`;
  });
  const last = nest.steps.at(-1)!.to;
  const types = [...new Set(nest.steps.map(({ to }) => to))];
  const values = types.map((type) => `fragment Values_${type} on ${type} { ${valuesOf(nest.schema, type).join(' ')} }`);
  return [
    `query { ${from(nest, '...Step0')} }`,
    ...fragments,
    `fragment Step${nest.steps.length} on ${last} { id }`,
    ...values,
  ].join(' ');
}

/** Every step on a condition, beside one that is left out, with a count. */
function directed(nest: Nest): string {
  const whole = nested(nest.steps, 'id', (step, inner) => {
    const left = step.kind === 'page' ? `out: ${step.field}(first: 100) @skip(if: $yes) { totalCount }` : '';
    const count = step.kind === 'page' ? `all: ${step.field}(first: 0) @skip(if: $no) { totalCount }` : '';
    return `${left} ${count} ${take(step, nest.args, inner, ' @include(if: $yes)')}`;
  });
  // Where no step has pages, the variables are used by this alone.
  const used = '__typename @skip(if: $yes) @include(if: $no)';
  return `query Q${declared} { ${used} ${from(nest, whole)} }`;
}
