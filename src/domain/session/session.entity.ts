import { DataStorage } from '../attribute/data-storage.entity';
import { Setup } from '../attribute/setup.entity';
import { Collection, collectionSessions } from '../collection/collection.entity';
import { Computed, ConnectionOf } from '../../model/edges';
import { Instant, JsonObject, LongText, Text, ValueList, Words } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Behavior } from '../module/behavior.entity';
import { DataAcquisition } from '../module/data-acquisition.entity';
import { Epoch } from '../module/epoch.entity';
import { Manipulation } from '../module/manipulation.entity';
import { Project } from '../project/project.entity';
import { IsShared } from '../project/is-shared';
import { projectSessions } from '../project/project.links';
import { PublicIn, PublicIndexes } from '../project/public-in';
import { PublicSince } from '../project/public-since';
import { RepositoryLink } from '../project/values';
import { Subject } from '../subject/subject.entity';
import { sessionDataStorages, sessionSetups, sessionSubjects } from './session.links';

@NodeType('One stretch of an experiment: who took part, what they did, what was recorded and what was manipulated.')
@PublicIndexes('created', 'started', 'started_last', 'name', 'words_in_name', 'tags')
export class Session extends Node {
  @Text(200, 'What the session is called. Not unique.', { required: true })
  name!: string;

  @ConnectionOf(
    () => Project,
    { through: () => projectSessions, few: true },
    'The projects that it belongs to, those visible to the viewer.',
  )
  projects!: Project[];

  @IsShared()
  isShared!: boolean | null;

  @PublicIn()
  publicIn!: number;

  @PublicSince()
  publicSince!: Date | null;

  @LongText('What happened, in Markdown; null when not written.')
  description!: string | null;

  @Instant('When it began (UTC); null when not stated.')
  startedAt!: Date | null;

  @Words('Free keywords.')
  tags!: string[];

  @JsonObject(
    'Further facts by name; keys start with a letter and hold letters, digits and `_`, values are strings or finite numbers.',
  )
  extraFields!: Record<string, string | number>;

  @Text(200, 'Its name in file paths (see `dataPaths`); null when it is the same as `name`.')
  nameUsedInStorage!: string | null;

  @ValueList(() => RepositoryLink, 'Where its data can be had.')
  repositoryLinks!: RepositoryLink[];

  @ConnectionOf(
    () => Subject,
    { through: () => sessionSubjects, few: true },
    'Who took part, those visible to the viewer.',
  )
  subjects!: Subject[];

  @ConnectionOf(
    () => DataStorage,
    { through: () => sessionDataStorages, few: true },
    'Where its files lie, the preferred storage first, those shared with the viewer.',
  )
  dataStorages!: DataStorage[];

  @ConnectionOf(
    () => Setup,
    { through: () => sessionSetups, few: true },
    'Where it took place, those shared with the viewer. Each of its behaviors names its own.',
  )
  setups!: Setup[];

  @Computed(() => [String], {
    description:
      'Paths to its files: for each visible protocol of each visible data storage, the base path followed by the names that the ' +
      "storage's `organization` asks for, in every combination. A path of which a part is hidden or missing is absent. " +
      'Distinct, at most 100.',
  })
  dataPaths!: string[];

  @ConnectionOf(() => Epoch, { by: 'sessionId', orderBy: ['start'] }, 'Its parts, in order of time.')
  epochs!: Epoch[];

  @ConnectionOf(() => Behavior, { by: 'sessionId', orderBy: ['order'] }, 'What its subjects did.')
  behaviors!: Behavior[];

  @ConnectionOf(() => DataAcquisition, { by: 'sessionId', orderBy: ['order'] }, 'What was recorded.')
  dataAcquisitions!: DataAcquisition[];

  @ConnectionOf(() => Manipulation, { by: 'sessionId', orderBy: ['order'] }, 'How its subjects were manipulated.')
  manipulations!: Manipulation[];

  @ConnectionOf(
    () => Collection,
    { through: () => collectionSessions, few: true },
    'The collections that it is in, those visible to the viewer.',
  )
  collections!: Collection[];
}
