import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../model/connection';
import { typeOfId } from '../../model/ids';
import { classOf, Node } from '../../model/node';
import { Priced } from '../../model/price';
import { Count, mostCounted, precisions, type Precision } from '../count';
import { Facet } from '../counts/types';
import { searchTypes } from './search-type';
import { searchedTypes } from './searchable';

export const SearchResult = createUnionType({
  name: 'SearchResult',
  description: 'What a search finds: an object of one of the types that are searched.',
  types: () => searchedTypes.map(classOf) as unknown as readonly [new () => Node],
  resolveType: (value: Node) => typeOfId(value.id),
});

@ObjectType({ description: 'A stretch of a text: plain text, to be shown as such.', simpleResolvers: true })
export class SnippetPart {
  @Field(() => String, { description: 'The text, spaces and all.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether it is a word that was looked for, or one like it.' })
  isMatch!: boolean;
}

@ObjectType({ description: 'A stretch of a text of a hit, about a word that was looked for.', simpleResolvers: true })
export class SearchSnippet {
  @Field(() => String, { description: 'The field of the object whose text it is of, such as `description`.' })
  field!: string;

  @Field(() => [SnippetPart], { description: 'Its parts, one after the other, at most 300.' })
  parts!: SnippetPart[];
}

/** To mark the words of a page takes one look at all of its texts. */
const priceOfSnippet = 5;

@ObjectType({ description: 'An object that a search has found.', simpleResolvers: true })
export class SearchHit {
  @Field(() => SearchResult, { description: 'The object.' })
  node!: Node;

  @Field(() => Float, { description: 'How well it fits, compared with other hits of the same search alone.' })
  score!: number;

  @Priced({ values: priceOfSnippet })
  @Field(() => SearchSnippet, {
    nullable: true,
    description:
      'Where the words stand in its own texts, those that everybody reads who sees it. Null where they do not, such as where it was found by a term that it refers to.',
  })
  snippet!: SearchSnippet | null;

  @Field(() => [Node], {
    description:
      'In what it is, the outermost first, as far as you see that: of a recording its project and session. Of several projects the first that you see. At most 3.',
  })
  place!: Node[];
}

@ObjectType({ description: 'One hit of a search, with its cursor.', simpleResolvers: true })
export class SearchEdge {
  @Field(() => String, { description: 'The cursor of this place, an opaque text for `after`.' })
  cursor!: string;

  @Field(() => SearchHit, { description: 'The hit.' })
  node!: SearchHit;
}

@ObjectType({ description: 'How many objects of a type a search has found.', simpleResolvers: true })
export class SearchTypeCount {
  @Field(() => searchTypes.graphqlType, { description: 'The type.' })
  type!: string;

  @Field(() => Int, { description: 'How many of it are found.' })
  count!: number;

  @Field(() => precisions.graphqlType, { description: 'Whether there may be more.' })
  precision!: Precision;
}

@ObjectType({ description: 'By what values the hits of a type are counted.', simpleResolvers: true })
export class SearchFacet {
  @Field(() => searchTypes.graphqlType, { description: 'The type of the hits that are counted.' })
  type!: string;

  @Field(() => Facet, { description: 'How they are counted.' })
  facet!: Facet;
}

/** The hits of each type are counted by themselves. */
const priceOfTypeCount = 80;

@ObjectType({
  description:
    'A page of what a search has found, the best first. What the viewer may not see is absent and uncounted.',
  simpleResolvers: true,
})
export class SearchConnection {
  @Field(() => [SearchEdge], { description: 'The hits of this page with their cursors, at most 100.' })
  edges!: SearchEdge[];

  @Field(() => [SearchHit], { description: 'The hits of this page without cursors, at most 100.' })
  nodes!: SearchHit[];

  @Field(() => PageInfo, { description: 'Where this page lies.' })
  pageInfo!: PageInfo;

  @Priced({ values: 500 })
  @Field(() => Count, {
    description: `How many objects are found in all: exactly up to ${mostCounted.toLocaleString('en-US')}, and where \`where\` is given as long as all that the words find could be asked.`,
  })
  totalCount!: Count;

  @Priced({ objects: searchedTypes.length, values: priceOfTypeCount })
  @Field(() => [SearchTypeCount], {
    description: `How many are found of each type, those of which most are first; of types that are left out there is nothing. At most ${searchedTypes.length}, each as exact as \`totalCount\`.`,
  })
  typeCounts!: SearchTypeCount[];

  @Priced({ values: 100 })
  @Field(() => String, {
    nullable: true,
    description:
      'What may have been meant, where nothing is found: the query in words of approved terms and public projects. Null where something is found, or nothing is like it.',
  })
  suggestion!: string | null;
}
