import { Field, ObjectType } from 'type-graphql';
import { Computed } from '../../model/edges';
import { defineChoice } from '../../model/fields';
import { identifierSchemes } from '../../model/project-identifiers';
import { Url } from '../../model/scalars';

export const repositories = defineChoice('Repository', 'Where published data, code or documents lie.', {
  CRCNS: 'Collaborative Research in Computational Neuroscience, crcns.org.',
  DANDI: 'The DANDI Archive, dandiarchive.org.',
  FIGSHARE: 'figshare.com.',
  GITHUB: 'github.com.',
  GLOBUS: 'A Globus endpoint, globus.org.',
  MENDELEY: 'Mendeley Data.',
  OPENNEURO: 'OpenNeuro, openneuro.org.',
  ZENODO: 'Zenodo, zenodo.org.',
  WEBSHARE: 'A web share of the laboratory itself.',
  OTHER: 'Anywhere else.',
});

export const citationStyles = defineChoice('CitationStyle', 'How a citation is written.', {
  APA: 'A sentence in the style of the American Psychological Association.',
  BIBTEX: 'An entry of BibTeX.',
  RIS: 'A record of RIS, as reference managers read it.',
  DATACITE_JSON: "JSON by version 4.5 of DataCite's schema.",
  SCHEMA_ORG_JSON_LD: "JSON-LD by schema.org's `Dataset`, which may stand in a page as it is.",
  CFF: 'A file `CITATION.cff` of version 1.2.0.',
});

@ObjectType({ description: 'Where the data or code behind an object can be had.', simpleResolvers: true })
export class RepositoryLink {
  @Field(() => repositories.graphqlType, { description: 'The kind of repository.' })
  repository!: string;

  @Field(() => Url, {
    nullable: true,
    description: 'Its address: http, https or ftp. Null, with an error, only where what is stored is none.',
  })
  url!: string;
}

@ObjectType({ description: 'One source of funding.', simpleResolvers: true })
export class Funding {
  @Field(() => String, { description: 'The organisation that pays, at most 200 characters.' })
  funder!: string;

  @Field(() => String, {
    nullable: true,
    description: "The award's number, as the funder writes it; null when not stated.",
  })
  awardNumber!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The funder's identifier, such as a ROR address; null when not stated.",
  })
  identifier!: string | null;

  @Field(() => Url, { nullable: true, description: "The award's or the funder's page; null when not stated." })
  url!: string | null;
}

export const schemes = defineChoice(
  'IdentifierScheme',
  'Who gave an identifier, and how it is written.',
  Object.fromEntries(Object.entries(identifierSchemes).map(([scheme, { description }]) => [scheme, description])),
);

@ObjectType({
  description:
    'A name under which the world knows the project. Anybody may claim any: it proves nothing, and is not unique.',
  simpleResolvers: true,
})
export class ProjectIdentifier {
  @Field(() => schemes.graphqlType, { description: 'Who gave it.' })
  scheme!: string;

  @Field(() => String, { description: 'The identifier in the one spelling of its scheme.' })
  value!: string;

  @Computed(() => Url, { nullable: true, description: 'Its page; null where there is none that everybody can open.' })
  url?: string | null;
}
