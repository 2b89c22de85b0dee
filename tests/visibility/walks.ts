import { countsOf, facetFields, facetNames, groupFields } from '../discovery/operations';
import type { Dice } from '../world/dice';
import type { TypeName } from '../world/world';
import type { Operation, Operations } from './operations';
import type { EdgeField } from './schema';

/** How many edges a walk follows at most, one after the other. */
const longestWalk = 8;

/** What the server answers at most (src/graph/limits.ts), with something to spare: levels of nesting, objects in all. */
const mostLevels = 15;
const mostObjects = 2000;

/** How deep a field without an edge nests: a list of its own, such as the record of publications. */
const levelsWithin = (field: string): number => {
  let [level, deepest] = [0, 0];
  for (const sign of field) {
    level += sign === '{' ? 1 : sign === '}' ? -1 : 0;
    deepest = Math.max(deepest, level);
  }
  return deepest;
};

/** What a facet costs (src/discovery/counts/types.ts), and how much of all that may be asked for facets are to take. */
const priceOfFacet = 4000;
const mostForFacets = 80_000;

/** How many objects the server takes a list without pages to hold. */
const likelyLength = 10;

/** What is left of a walk: edges to follow, levels to nest, objects that it may return. */
interface Left {
  edges: number;
  levels: number;
  objects: number;
}

/** Makes operations that wander through the graph as the dice say, with aliases and fragments on the way. */
export class Walks {
  private fragments: string[] = [];
  private names = 0;
  private valuesLeft = 0;

  constructor(
    private readonly operations: Operations,
    private readonly dice: Dice,
  ) {}

  /** Some walks in one request, each from a place of its own. */
  next(): Operation {
    this.fragments = [];
    this.names = 0;
    this.valuesLeft = mostForFacets;
    const walks = Array.from({ length: this.dice.between(1, 3) }, () => this.start());
    const query = [`{ ${walks.join(' ')} }`, ...this.fragments].join('\n');
    return { name: `a walk: ${query}`, query };
  }

  private start(): string {
    const { dice, operations } = this;
    const { served } = operations;
    const left: Left = { edges: longestWalk, levels: mostLevels - 3, objects: mostObjects };
    switch (dice.pick(['list', 'one', 'node', 'nodes', 'counts'])) {
      case 'counts': {
        const { target } = dice.pick(served.listFields());
        const by = dice.some(facetNames(served.schema, target), 1, 2).join(' ');
        return `${this.name()}: ${countsOf(target)}(by: [${by}], first: ${dice.pick([1, 20])}) { ${groupFields} }`;
      }
      case 'list':
        return this.edge(dice.pick(served.listFields()), { ...left, levels: mostLevels });
      case 'one': {
        const field = dice.pick(served.byIdFields());
        return `${this.name()}: ${field.name}(id: "${this.id(field.target)}") { ${this.selection(field.target, left)} }`;
      }
      case 'node': {
        const type = dice.pick(served.nodeTypes());
        return `${this.name()}: node(id: "${this.id(type)}") { id ... on ${type} { ${this.selection(type, left)} } }`;
      }
      default: {
        const types = dice.some(served.nodeTypes(), 2, 4);
        const ids = types.map((type) => `"${this.id(type)}"`).join(' ');
        const share = { ...left, objects: left.objects / types.length / types.length };
        // Each under a name of its own: two types may have a field of one name and different types.
        const selections = types.map((type) => `... on ${type} { ${this.selection(type, share, 1)} }`).join(' ');
        return `${this.name()}: nodes(ids: [${ids}]) { __typename ${selections} }`;
      }
    }
  }

  /** Some fields of an object, then one edge or two from there, the whole perhaps in a fragment. */
  private selection(type: TypeName, left: Left, aliased = 0.2): string {
    const { dice } = this;
    const flat = this.operations.served.plainFieldListOf(type).filter((field) => levelsWithin(field) < left.levels);
    const plain = dice.some(flat, 1, 3);
    const fields = plain.map((field) => (dice.chance(aliased) ? `${this.name()}: ${field}` : field));
    const onwards = this.onwards(type, left).map((edge) => this.edge(edge, left));
    return this.wrap(type, [...fields, ...onwards].join(' '));
  }

  private onwards(type: TypeName, { edges, levels, objects }: Left): EdgeField[] {
    if (edges === 0) return [];
    const possible = this.operations.served
      .edgesOf(type)
      .filter((edge) => levels > levelsOf(edge) + 1 && objects >= (edge.isList ? likelyLength : 1));
    return this.dice.some(possible, 1, this.dice.chance(0.25) ? 2 : 1);
  }

  private edge(edge: EdgeField, { edges, levels, objects }: Left): string {
    const { dice } = this;
    const { name, target, isConnection, isList } = edge;
    const size = isConnection
      ? dice.between(1, Math.min(4, Math.max(1, Math.floor(objects / 4))))
      : isList
        ? likelyLength
        : 1;
    const left = { edges: edges - 1, levels: levels - levelsOf(edge), objects: objects / size / 2 };
    const selection = this.selection(target, left);
    if (!isConnection) return `${this.name()}: ${name} { ${selection} }`;
    const count = dice.chance(0.5) ? 'totalCount' : '';
    const info = dice.chance(0.5) ? 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }' : '';
    const objectsText = dice.chance(0.5) ? `edges { cursor node { ${selection} } }` : `nodes { ${selection} }`;
    const facets = this.facets(target, left.objects, levels);
    return `${this.name()}: ${name}(${dice.pick(['first', 'last'])}: ${size}) { ${count} ${info} ${objectsText} ${facets} }`;
  }

  /** Now and then what a connection is counted by, as long as the request is not made too dear by that. */
  private facets(target: TypeName, objects: number, levels: number): string {
    const { dice, operations } = this;
    const price = priceOfFacet * Math.ceil(mostObjects / Math.max(1, objects));
    const names = facetNames(operations.served.schema, target);
    if (levels <= levelsWithin(`{ ${facetFields} }`) || names.length === 0 || !dice.chance(0.3)) return '';
    if (this.valuesLeft < price) return '';
    this.valuesLeft -= price;
    return `${this.name()}: facets(by: [${dice.pick(names)}], first: ${dice.pick([1, 20])}) { ${facetFields} }`;
  }

  private wrap(type: TypeName, selection: string): string {
    switch (this.dice.between(0, 4)) {
      case 0:
        return `... on ${type} { ${selection} }`;
      case 1: {
        const name = `F${this.fragments.length}`;
        this.fragments.push(`fragment ${name} on ${type} { ${selection} }`);
        return `...${name}`;
      }
      case 2:
        return `... on Node { id } __typename ${selection}`;
      default:
        return selection;
    }
  }

  /** The id of any object of a type, hidden or not. */
  private id(type: TypeName): string {
    return this.dice.pick(this.operations.world.rows[type]).id;
  }

  private name(): string {
    this.names += 1;
    return `a${this.names}`;
  }
}

function levelsOf({ isConnection }: EdgeField): number {
  return isConnection ? 3 : 1;
}
