import { Unique } from 'typeorm';
import { membersWithinProject } from '../../model/links';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { LongText, Text, Words } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Project } from '../project/project.entity';
import { projectSessions } from '../project/project.links';
import { Session } from '../session/session.entity';

@NodeType('A named, ordered choice of sessions of one project.')
@Unique(['projectId', 'name'])
@Unique(['id', 'projectId'])
export class Collection extends Node {
  @RefersTo(() => Project, 'The one project that it belongs to.', { required: true, alwaysVisible: true })
  projectId!: string;

  @Text(100, 'What it is called; unique in its project.', { required: true })
  name!: string;

  @LongText('What it gathers and why, in Markdown; null when not written.')
  description!: string | null;

  @Words('Free keywords.')
  tags!: string[];

  @ConnectionOf(
    () => Session,
    { through: () => collectionSessions, mostNamed: 10_000 },
    'Its sessions, in the order that its authors chose.',
  )
  sessions!: Session[];
}

/** The sessions of a collection, all of them sessions of its project. */
export const collectionSessions = membersWithinProject({
  table: 'collection_session',
  container: () => Collection,
  containerName: 'Collection',
  member: () => Session,
  memberName: 'Session',
  within: () => projectSessions,
});
