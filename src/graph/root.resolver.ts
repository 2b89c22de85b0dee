import { Arg, Args, createParameterDecorator, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../errors';
import type { FindArgs } from '../finding/find';
import { resolveEverything } from '../loading/resolve';
import { connectionOf, PageArgs } from '../model/connection';
import { typeOfId } from '../model/ids';
import { classOf, Node } from '../model/node';
import { atMost } from '../model/bounds';
import { readId } from '../model/read-id';
import { rootFields, type RootField } from '../model/root-fields';
import { mostModuleTypes, moduleKinds, ModuleType, ModuleTypes } from '../domain/module/module-types';
import type { ModuleKind } from '../domain/module/registry';
import { User } from '../domain/people/user.entity';

const mostNodes = 100;
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

  prototype[one] = (id: string, context: Context) => admitted(id, one, context);
  Arg('id', () => ID, { description: 'Its id.' })(prototype, one, 0);
  Ctx()(prototype, one, 1);
  Query(() => target, {
    nullable: true,
    description: `One ${type} by its id. Null when there is none, or the viewer may not see it.`,
  })(prototype, one, {});

  prototype[many] = (page: PageArgs, find: FindArgs, context: Context) =>
    resolveEverything(target, many, { ...page, ...find }, context);
  Args(() => PageArgs)(prototype, many, 0);
  Finding(prototype, many, 1);
  Ctx()(prototype, many, 2);
  Query(() => connectionOf(target), {
    nullable: true,
    description: `Every ${type} that the viewer may see, the oldest record first. Null, with an error, only where it fails.`,
  })(prototype, many, {});
}

rootFields.forEach(defineRootFields);
