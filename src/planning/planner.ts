import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { compilerFor, type Compiler } from '../access/compiler';
import { Statement, type Sql } from '../database/sql';
import type { Context } from '../context';
import { planStatement, rootColumn, stateRoot, valueColumn, type PlanAsked } from './compose';
import { mostRows, shapeOf, type Plan } from './plan';
import { PlanReader } from './read-plan';
import { PlanRows, TooLong } from './reading';
import { NotPlanned, Selections } from './selections';
import { longestKept } from '../database/prepared';
import { workPerRow } from '../loading/batches';
import { Ready } from '../loading/ready';
import type { Row } from '../loading/snapshot';

/** An operation that could read more rows is read list by list, within its budget and in turns with others. */
const mostPlannedRows = 5000;

/** In bytes: up to so much of an object is read along with others; less, where there could be many. */
const mostOfObject = 8192;

export interface Operation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** As they were coerced. */
  variables: Record<string, unknown>;
}

/**
 * Reads in one statement what the resolvers of a query are going to ask for, and hands it to the loaders. It changes nothing
 * but how long it takes: whatever it does not read, the loaders look up.
 */
export async function readAhead(context: Context, operation: Operation): Promise<void> {
  const { viewer, explanations, planner } = context;
  if (!planner) return;
  const { unplanned, planned } = planner;
  // Whoever asks why is told what was left out, which is asked of each list.
  if (explanations) return count(unplanned, 'explained');
  if (viewer.kind === 'anonymous' && viewer.asIf) return count(unplanned, 'supposed');
  const plan = planOf(context, operation);
  if (typeof plan === 'string') return count(unplanned, plan);
  const shape = shapeOf(plan);
  if (planner.pausesFor(shape)) return count(unplanned, 'paused');
  const mostBytes = Math.min(mostOfObject, Math.floor(context.budget.limits.bytes / mostRows(plan)));
  try {
    context.loaders.take((await read(plan, { shape, mostBytes }, context)).end());
    // With each value stands its name, which is no longer than the query.
    if (plan.isWhole) context.budget.longestValue = mostBytes + lengthOf(operation.document);
    count(planned, plan.isWhole ? 'whole' : 'partly');
  } catch (error) {
    if (error instanceof NotPlanned) {
      planner.pause(shape);
      return count(unplanned, 'wide');
    }
    if (error instanceof TooLong) {
      planner.pause(shape);
      context.snapshot.forgetState();
      return count(unplanned, 'long');
    }
    // Told by each field that would have looked something up, as if that had failed.
    context.loaders.take(new Ready(error as Error));
    count(unplanned, 'failed');
  }
}

function count<Kind extends string>(counts: Record<Kind, number>, kind: Kind): void {
  counts[kind] += 1;
}

function planOf(
  { access, tables, viewer }: Context,
  { schema, document, operation, variables }: Operation,
): Plan | 'empty' | 'wide' | 'faulty' {
  const selections = new Selections(document, variables);
  try {
    const plan = new PlanReader({ schema, access, tables, viewer, selections }).read(operation.selectionSet);
    if (plan.roots.length === 0) return 'empty';
    return mostRows(plan) > mostPlannedRows ? 'wide' : plan;
  } catch (error) {
    if (error instanceof NotPlanned) return 'wide';
    // What is wrong with an argument is told by the field that has it.
    if (error instanceof GraphQLError) return 'faulty';
    throw error;
  }
}

interface Asking {
  shape: string;
  mostBytes: number;
}

async function read(plan: Plan, asking: Asking, context: Context): Promise<PlanRows> {
  const rows = new PlanRows(plan, context.tables);
  for (const row of await ask(plan, asking, context)) {
    // One row may hold thousands of objects: how many is known when they are made.
    const turn = context.budget.lane.pass(rows.take(row) * workPerRow);
    if (turn) await turn;
  }
  return rows;
}

function ask(plan: Plan, { shape, mostBytes }: Asking, { access, tables, viewer, snapshot }: Context): Promise<Row[]> {
  const compose = (compiler: Compiler): Sql => planStatement(plan, tables, compiler);
  const statement = plan.isOneOff
    ? new Statement<PlanAsked>(compose(compilerFor(access, viewer)))
    : access.statement<PlanAsked>(viewer, shape, compose);
  if (statement.text.length > longestKept) throw new NotPlanned();
  const values = statement.valuesFor({
    viewer,
    ids: plan.roots.map((root) => (root.kind === 'objects' ? [...root.ids] : [])),
    pages: plan.pages,
    mostBytes,
  });
  if (!plan.isWhole) return snapshot.query(statement.text, values, 'the answer', plan.isOneOff);
  return snapshot.queryAlone(statement.text, values, 'the answer', stateIn, plan.isOneOff);
}

const stateIn = (rows: readonly Row[]): string | undefined =>
  rows.find((row) => row[rootColumn] === stateRoot)?.[valueColumn] as string | undefined;

const lengthOf = ({ loc }: DocumentNode): number => loc?.source.body.length ?? Infinity;
