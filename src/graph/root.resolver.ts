import { Arg, Args, createParameterDecorator, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { ambiguous, badInput } from '../errors';
import type { FindArgs } from '../finding/find';
import { toldOrder } from '../finding/order';
import { mostNamesakes } from '../loading/named';
import { resolveEverything } from '../loading/resolve';
import { connectionOf, PageArgs } from '../model/connection';
import { typeOfId, type NodeName } from '../model/ids';
import { keyIn, naturalKeys } from '../model/natural-keys';
import { classOf, Node } from '../model/node';
import { atMost } from '../model/bounds';
import { Priced } from '../model/price';
import { readId } from '../model/read-id';
import { rootFields, type RootField } from '../model/root-fields';
import { mostModuleTypes, moduleKinds, ModuleType, ModuleTypes } from '../domain/module/module-types';
import type { ModuleKind } from '../domain/module/registry';
import { User } from '../domain/people/user.entity';

const mostNodes = 100;
/** How many types of modules there are by now, or a few more. */
const likelyModuleTypes = 200;
const moduleTypes = new ModuleTypes();

/** The fields of `Query` that are particular; those that every type has are added below. */
@Resolver()
export class RootResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Any object by its id. Null when there is none, or the viewer may not see it.',
  })
  node(
    @Arg('id', () => ID, { description: 'The id of an object of any type.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Node | null> {
    return admitted(id, 'node', context);
  }

  @Query(() => [Node], {
    nullable: 'itemsAndList',
    description: `Several objects by their ids, at most ${mostNodes}, in the order of the ids; an id that is there twice is answered, and counts, twice. Null in the place of each that is unknown or that the viewer may not see; one that is no id is null there, with an error.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: `The ids, at most ${mostNodes}.` }) ids: string[],
    @Ctx() context: Context,
  ): Promise<Node | null>[] {
    if (ids.length > mostNodes)
      throw badInput(`\`ids\` holds ${ids.length} ids, but at most ${mostNodes} can be asked for at once.`);
    return ids.map((text) => {
      const found = visibleOrNull(text, context);
      // The executor looks at each in its turn, where it tells what has failed: until then nobody has missed it.
      found.catch(() => undefined);
      return found;
    });
  }

  @Query(() => User, { nullable: true, description: 'Who you are to this server. Null when anonymous.' })
  async viewer(@Ctx() { viewer, loaders }: Context): Promise<Node | null> {
    return viewer.kind === 'user' ? loaders.plain('User').load(viewer.userId) : null;
  }

  @Priced({ objects: likelyModuleTypes })
  @Query(() => [ModuleType], {
    description: `The types that modules can have, with the JSON Schemas of their details: a closed list. ${atMost(mostModuleTypes)}`,
  })
  moduleTypes(
    @Arg('kind', () => moduleKinds.graphqlType, {
      nullable: true,
      description: 'Only those of this kind; all when left out.',
    })
    kind: ModuleKind | null,
  ): readonly ModuleType[] {
    return moduleTypes.all(kind);
  }
}

/** The object behind an id that the rule of a field of `Query` has admitted. */
async function admitted(text: string, field: string, { access, loaders }: Context): Promise<Node | null> {
  const id = readId(text);
  return id === undefined
    ? null
    : loaders[access.isRuled('Query', field) ? 'visible' : 'plain'](typeOfId(id)!).load(id);
}

/** The object behind a name that the rule of a field of `Query` has admitted. Throws AMBIGUOUS where there are several. */
async function admittedByName(type: NodeName, key: string, field: string, context: Context): Promise<Node | null> {
  const found = await context.loaders.named(type, context.access.isRuled('Query', field)).load(key);
  if (found.length > 1) throw ambiguous(type, found.slice(0, mostNamesakes), found.length > mostNamesakes);
  return found[0] === undefined ? null : admitted(found[0], field, context);
}

/** In a list of nodes each place is decided on its own, which a rule on the field could not do. */
async function visibleOrNull(text: string, { access, loaders }: Context): Promise<Node | null> {
  const id = readId(text);
  if (id === undefined) return null;
  return loaders[access.isFiltered('Query', 'nodes') ? 'visible' : 'plain'](typeOfId(id)!).load(id);
}

/** The arguments that graph/finding.ts puts on every connection. */
const Finding = createParameterDecorator(({ args: { where, orderBy } }): FindArgs => ({ where, orderBy }));

/** The by-id field and the connection that each type of the domain has. */
function defineRootFields({ type, one, many }: RootField): void {
  const target = classOf(type);
  const prototype = RootResolver.prototype as unknown as Record<string, unknown>;

  defineByIdField(type, one, prototype);

  prototype[many] = (page: PageArgs, find: FindArgs, context: Context) =>
    resolveEverything(target, many, { ...page, ...find }, context);
  Args(() => PageArgs)(prototype, many, 0);
  Finding(prototype, many, 1);
  Ctx()(prototype, many, 2);
  Query(() => connectionOf(target), {
    nullable: true,
    description: `Every ${type} that the viewer may see, ${toldOrder(type)}. Null, with an error, only where it fails.`,
  })(prototype, many, {});
}

function defineByIdField(type: NodeName, field: string, prototype: Record<string, unknown>): void {
  const natural = naturalKeys[type];
  const told = `One ${type} by its id${natural ? `, or by \`${natural.argument}\`` : ''}. Null when there is none, or the viewer may not see it.`;
  Arg('id', () => ID, { description: 'Its id.', nullable: natural !== undefined })(prototype, field, 0);
  if (natural) {
    const { argument, description } = natural;
    Arg(argument, () => String, { description, nullable: true })(prototype, field, 1);
    Ctx()(prototype, field, 2);
    prototype[field] = (id: string | undefined, name: string | undefined, context: Context) => {
      const key = keyIn(type, { id, [argument]: name });
      return key === undefined ? admitted(id!, field, context) : admittedByName(type, key, field, context);
    };
  } else {
    Ctx()(prototype, field, 1);
    prototype[field] = (id: string, context: Context) => admitted(id, field, context);
  }
  Query(() => classOf(type), { nullable: true, description: told })(prototype, field, {});
}

rootFields.forEach(defineRootFields);
