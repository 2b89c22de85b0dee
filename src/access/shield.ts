import { type GraphQLError, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { applyMiddleware, type IMiddlewareFunction } from 'graphql-middleware';
import { rule, shield } from 'graphql-shield';
import type { Context } from '../context';
import { forbidden, unauthenticated } from '../errors';
import { hasColumn } from '../model/columns';
import { connectedTypes } from '../model/connection';
import { edgeOf } from '../model/edges';
import { nodeNames, typeOfId, type NodeName } from '../model/ids';
import { keyIn } from '../model/natural-keys';
import { nameOf } from '../model/node';
import { readId } from '../model/read-id';
import { typeOfRootField } from '../model/root-fields';
import type { Role } from '../domain/people/role';
import { after, type Soon } from '../model/soon';
import type { FieldRule, Permission, Permissions } from './permission';
import { namedIn, noteDeniedField } from './note-denials';
import { rolesFrom } from './rules';
import type { Scope } from './viewer';

type Parent = Record<string, unknown> & { id: string };
type Verdict = (parent: Parent, args: { id?: string }, context: Context) => Soon<boolean | Error>;

/**
 * Puts graphql-shield in front of every field that has a rule of its own. Denied reads as null; a rule that breaks is an
 * error, never a null. Fields without a rule are left unwrapped: wrapping costs time on each of them.
 */
export function guardSchema(schema: GraphQLSchema, permissions: Permissions): GraphQLSchema {
  const complete = { ...permissions, ...connectionPermissions() };
  assertComplete(schema, complete);
  answerRuledColumns(schema, permissions);
  const rules: ShieldRules = {};
  for (const [type, fields] of Object.entries(complete)) {
    for (const [field, permission] of Object.entries(fields)) {
      if (permission.kind === 'ruled') (rules[type] ??= {})[field] = shieldRule(type, field, permission.rule);
    }
  }
  // `debug` lets the error of a broken rule through, instead of disguising it as a denial.
  const guards = shield(rules, { debug: true, fallbackError: denied }).generate(schema) as Guards;
  // shield guards every field that there is: those without a rule are left as they are.
  const ofRuled = Object.entries(rules).map(([type, fields]) => [
    type,
    Object.fromEntries(Object.keys(fields).map((field) => [field, readingDeniedAsNull(guards[type]![field]!)])),
  ]);
  return applyMiddleware(schema, Object.fromEntries(ofRuled) as Guards);
}

type ShieldRules = Record<string, Record<string, ReturnType<ReturnType<typeof rule>>>>;
type Guard = Extract<IMiddlewareFunction<Parent | undefined, Context>, (...given: never[]) => unknown>;
type Guards = Record<string, Record<string, Guard>>;

/** What shield answers for a field that its rule denies. */
const denied = new Error('Denied.');

/** Denied reads as null. A request that asked why is told, if it may know. */
function readingDeniedAsNull(guard: Guard): Guard {
  return (resolve, parent, args, context, info) =>
    guard(resolve, parent, args, context, info).then((answer: unknown) => {
      if (answer !== denied) return answer;
      noteDeniedField(parent, context, info);
      return null;
    });
}

function connectionPermissions(): Permissions {
  const entries = connectedTypes().flatMap((type) => [
    [`${type.name}Connection`, { edges: open, nodes: open, pageInfo: open, totalCount: open, ...facetsOf(type) }],
    [`${type.name}Edge`, { cursor: open, node: open }],
  ]);
  return Object.fromEntries(entries) as Permissions;
}

/** Objects are counted by what they have; what is no object is not. */
function facetsOf({ name }: { name: string }): Record<string, Permission> {
  return nodeNames.some((one) => one === name) ? { facets: open } : {};
}

/** What a connection holds was filtered when its page was read. */
const open: Permission = { kind: 'open' };

/** A field without a permission, or a permission without a field, stops the server from starting. */
function assertComplete(schema: GraphQLSchema, permissions: Permissions): void {
  const faults: string[] = [];
  const inSchema = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.keys(type.getFields())) {
      inSchema.add(`${type.name}.${field}`);
      if (!permissions[type.name]?.[field]) faults.push(`${type.name}.${field} has no entry in the permissions`);
    }
  }
  for (const [type, fields] of Object.entries(permissions)) {
    for (const field of Object.keys(fields)) {
      if (!inSchema.has(`${type}.${field}`)) faults.push(`${type}.${field} has a permission but is not in the schema`);
    }
  }
  if (faults.length > 0) throw new Error(`Who may see what is not decided for every field:\n  ${faults.join('\n  ')}`);
}

/** Each rule has a name of its own and no cache: a cached verdict would be given to a sibling. */
function shieldRule(type: string, field: string, fieldRule: FieldRule): ReturnType<ReturnType<typeof rule>> {
  const verdict = hasColumn(type, field) ? verdictOnColumn(type as NodeName, field) : verdictOf(type, field, fieldRule);
  return rule(`${type}.${field}`, { cache: 'no_cache' })(verdict as never);
}

/** The rule of a field with a column of its own is a condition of SQL, which gives the verdict and the value at once. */
function verdictOnColumn(type: NodeName, field: string): Verdict {
  return ({ id }, _args, { loaders }) => after(loaders.ruled(type).load(id), (fields) => fields?.[field] != null);
}

/** A column behind a rule is not read with its row: its field is answered from where the rule was asked. */
function answerRuledColumns(schema: GraphQLSchema, permissions: Permissions): void {
  for (const [type, fields] of Object.entries(permissions)) {
    for (const [field, { kind }] of Object.entries(fields)) {
      if (kind !== 'ruled' || !hasColumn(type, field)) continue;
      const target = schema.getType(type) as GraphQLObjectType<Parent, Context>;
      target.getFields()[field]!.resolve = ({ id }, _args, { loaders }) =>
        after(loaders.ruled(type as NodeName).load(id), (fields) => fields?.[field]?.value ?? null);
    }
  }
}

function verdictOf(type: string, field: string, fieldRule: FieldRule): Verdict {
  switch (fieldRule.kind) {
    case 'isViewer':
      return (parent, _args, { viewer }) => viewer.kind === 'user' && viewer.userId === parent.id;
    case 'hasRole':
      return (parent, _args, context) => hasRole(context, type, parent, fieldRule.atLeast);
    case 'hasRoleOrUntil':
      return (parent, _args, context) => {
        const until = parent[fieldRule.column] as Date | null;
        return (until !== null && until > new Date()) || hasRole(context, type, parent, fieldRule.atLeast);
      };
    case 'hasRoleOnArgument':
      return async (_parent, args, { loaders }) => {
        const id = readId((args as Record<string, string>)[fieldRule.argument]!, fieldRule.type);
        const held = id === undefined ? null : await loaders.role(fieldRule.type).load(id);
        return held !== null && rolesFrom(fieldRule.atLeast).includes(held);
      };
    case 'isViewerIn':
    case 'visibleWhereSet':
      throw new Error(`${type}.${field} has no column that its rule could guard.`);
    case 'mayAct':
      return async (_parent, _args, context) => {
        await context.endReading();
        return mayAct(context, fieldRule.scope);
      };
    case 'namedVisible':
      return async (parent, _args, context) => {
        const id = namedIn(fieldRule.columns, parent);
        return id !== undefined && isVisible(context, typeOfId(id)!, id);
      };
    case 'targetVisible':
      return type === 'Query' ? visibleById(field) : visibleReference(type, field);
  }
}

async function hasRole({ loaders }: Context, type: string, { id }: Parent, atLeast: Role): Promise<boolean> {
  const held = await loaders.role(type as NodeName).load(id);
  return held !== null && rolesFrom(atLeast).includes(held);
}

/** Whoever may not act is told why: a mutation that silently did nothing would be taken for done. */
export function mayAct(
  { viewer, onlyLooks }: Pick<Context, 'viewer' | 'onlyLooks'>,
  scope: Scope,
): true | GraphQLError {
  if (onlyLooks)
    return forbidden(
      'Nothing can be changed while you look through other eyes: leave out the header Stemgraph-View-As.',
    );
  if (viewer.kind === 'anonymous') return unauthenticated();
  return viewer.scopes?.includes(scope)
    ? true
    : forbidden(`This token does not have the scope ${scope}: make one that has.`);
}

function visibleById(field: string): Verdict {
  const type = typeOfRootField(field);
  return async (_parent, args, context) => {
    const key = keyIn(type, args);
    // What goes by a name is found among what the viewer sees: that they see any is what is asked here.
    if (key !== undefined) return (await context.loaders.named(type!, true).load(key)).length > 0;
    const id = readId(args.id!, type);
    return id !== undefined && isVisible(context, typeOfId(id)!, id);
  };
}

function visibleReference(type: string, field: string): Verdict {
  const edge = edgeOf(type as NodeName, field);
  if (edge.kind !== 'reference') throw new Error(`${type}.${field} leads to no single object.`);
  const target = nameOf(edge.target());
  return (parent, _args, context) => {
    const id = parent[edge.column] as string | null;
    return id !== null && isVisible(context, target, id);
  };
}

function isVisible(context: Context, type: NodeName, id: string): Soon<boolean> {
  return after(context.loaders.visible(type).load(id), (found) => found !== null);
}
