import { Check, Index } from 'typeorm';
import { Breeding } from '../breeding/breeding.entity';
import { Cohort } from '../cohort/cohort.entity';
import { Collection } from '../collection/collection.entity';
import { Computed, ConnectionOf } from '../../model/edges';
import { Instant, JsonObject, LongText, PublicFlag, Text, ValueList, Words } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Priced } from '../../model/price';
import { Membership } from '../people/membership.entity';
import { type Role, ViewerRole } from '../people/role';
import { VisibilityHistory } from '../people/history-field';
import { type VisibilityChange } from '../people/visibility-change.entity';
import { Session } from '../session/session.entity';
import { Subject } from '../subject/subject.entity';
import { Publication } from '../vocabulary/publication.entity';
import { Contributor } from './contributor.entity';
import { projectPublications, projectSessions, projectSubjects } from './project.links';
import { PublicIndexes } from './public-in';
import { citationStyles, Funding, ProjectIdentifier, RepositoryLink } from './values';

/** A citation names a handful of people, likely; what it comes to is counted as it is handed out. */
const likelyInCitation = 20;

@NodeType('A research project: the container that is published or kept private as a whole.')
@Check('project_published_while_public', '"is_public" = ("published_at" IS NOT NULL)')
@Index('project_identifiers', { synchronize: false })
@PublicIndexes('created', 'published', 'name', 'words_in_name', 'tags')
@Check('project_first_published', '"published_at" IS NULL OR "first_published_at" <= "published_at"')
export class Project extends Node {
  @Text(200, 'What the project is called. Not unique.', { required: true })
  name!: string;

  @ValueList(
    () => ProjectIdentifier,
    'Under which names the world knows it: DOIs, accession numbers of archives. Of several DOIs the last is the one to cite.',
  )
  identifiers!: ProjectIdentifier[];

  @LongText('What the project is about, in Markdown; null when not written yet.')
  description!: string | null;

  @Words('Free keywords.')
  tags!: string[];

  @JsonObject(
    'Further facts by name; keys start with a letter and hold letters, digits and `_`, values are strings or finite numbers.',
  )
  extraFields!: Record<string, string | number>;

  @Text(
    60,
    "The licence of the project's data, as an identifier of the SPDX list such as `CC-BY-4.0`; null when none is stated.",
  )
  license!: string | null;

  @ValueList(() => Funding, 'Who paid for the project.')
  funding!: Funding[];

  @Text(200, "The project's name in file paths (see `Session.dataPaths`); null when it is the same as `name`.")
  nameUsedInStorage!: string | null;

  @ValueList(() => RepositoryLink, "Where the project's data and code can be had.")
  repositoryLinks!: RepositoryLink[];

  @ConnectionOf(
    () => Publication,
    { through: () => projectPublications, few: true },
    'Publications that the project led to, those visible to the viewer.',
  )
  publications!: Publication[];

  @ConnectionOf(
    () => Contributor,
    { by: 'projectId', orderBy: ['order'] },
    'Who is credited, in the order that the owners chose.',
  )
  contributors!: Contributor[];

  @ConnectionOf(() => Subject, { through: () => projectSubjects }, "The project's subjects, the oldest record first.")
  subjects!: Subject[];

  @ConnectionOf(() => Session, { through: () => projectSessions }, "The project's sessions, the oldest record first.")
  sessions!: Session[];

  @ConnectionOf(() => Collection, { by: 'projectId' }, "The project's collections of sessions.")
  collections!: Collection[];

  @ConnectionOf(() => Cohort, { by: 'projectId' }, "The project's cohorts of subjects.")
  cohorts!: Cohort[];

  @ConnectionOf(() => Breeding, { by: 'projectId' }, 'Its breedings: who was bred with whom, and the litters.')
  breedings!: Breeding[];

  @PublicFlag('Whether everybody can read the project. Only publishing and revoking change it.')
  isPublic!: boolean;

  @Instant('When the project was last made public; null while it is private.', { written: false })
  publishedAt!: Date | null;

  @Instant('When the project was first made public; stays after a revoke. Null if it never was.', { written: false })
  firstPublishedAt!: Date | null;

  @ConnectionOf(
    () => Membership,
    { by: 'projectId', nullable: true },
    'Who has which role. Null unless the viewer has a role on the project.',
  )
  members!: Membership[];

  @Priced({ values: likelyInCitation })
  @Computed(() => String, {
    description:
      'How to cite it, of what the viewer sees: its contributors and publications up to the first 100 each, funding, licence, identifiers, the year in which it was first published (of what never was, that of its record where a year has to stand), and its DOI or address.',
    argument: { name: 'style', type: () => citationStyles.graphqlType, description: 'How it is to be written.' },
  })
  citation!: string;

  @VisibilityHistory()
  visibilityHistory!: VisibilityChange[] | null;

  @ViewerRole()
  viewerRole!: Role | null;
}
