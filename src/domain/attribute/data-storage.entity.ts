import { ConnectionOf, RefersTo } from '../../model/edges';
import { defineChoice, LongText, Order, PublicFlag, SomeOf, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Membership } from '../people/membership.entity';
import { type Role, ViewerRole } from '../people/role';
import { VisibilityHistory } from '../people/history-field';
import { type VisibilityChange } from '../people/visibility-change.entity';

const pathParts = defineChoice('StoragePathPart', "A part of a file's path below the base path of a storage.", {
  PROJECTS: "The project's name.",
  COLLECTIONS: "The collection's name.",
  COHORTS: "The cohort's name.",
  SUBJECTS: "The subject's name.",
  SESSIONS: "The session's name.",
  YEARS: 'The year in which the session began (UTC).',
});

@NodeType('Where data files lie and how they are reached. A personal attribute: shared on its own, never by a project.')
export class DataStorage extends Node {
  @Text(100, 'What the storage is called. Not unique.', { required: true })
  name!: string;

  @Text(100, 'Where it is; null when not stated.')
  location!: string | null;

  @LongText('What lies there and how to get access, in Markdown; null when not written.')
  description!: string | null;

  @SomeOf(pathParts, 'How its folders are organised, from the base path downwards.')
  organization!: string[];

  @ConnectionOf(
    () => DataStorageProtocol,
    { by: 'dataStorageId', orderBy: ['order'], few: true },
    'How files are reached. Viewers with a role on the storage see all; everybody else those that were made public.',
  )
  protocols!: DataStorageProtocol[];

  @PublicFlag('Whether everybody can read it. Only publishing and revoking change it.')
  isPublic!: boolean;

  @ConnectionOf(
    () => Membership,
    { by: 'dataStorageId', nullable: true },
    'Who has which role. Null unless the viewer has a role on it.',
  )
  members!: Membership[];

  @VisibilityHistory()
  visibilityHistory!: VisibilityChange[] | null;

  @ViewerRole()
  viewerRole!: Role | null;
}

@NodeType('One way to reach the files of a data storage, with the base path for it.')
export class DataStorageProtocol extends Node {
  @RefersTo(() => DataStorage, 'The storage that it reaches.', { required: true, alwaysVisible: true })
  dataStorageId!: string;

  @Text(60, 'The protocol, such as `https`, `s3` or `smb`.', { required: true })
  protocol!: string;

  @Text(1000, 'The base path, below which `DataStorage.organization` applies.', { required: true })
  path!: string;

  @PublicFlag('Whether everybody who sees the storage sees this protocol. Only publishing and revoking change it.')
  isPublic!: boolean;

  @Order('The place among the protocols of the storage, from 0.')
  order!: number;
}
