import { Unique } from 'typeorm';
import { membersWithinProject } from '../../model/links';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { LongText, Text, Words } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Project } from '../project/project.entity';
import { projectSubjects } from '../project/project.links';
import { Subject } from '../subject/subject.entity';

@NodeType('A named, ordered choice of subjects of one project.')
@Unique(['projectId', 'name'])
@Unique(['id', 'projectId'])
export class Cohort extends Node {
  @RefersTo(() => Project, 'The one project that it belongs to.', { required: true, alwaysVisible: true })
  projectId!: string;

  @Text(100, 'What it is called; unique in its project.', { required: true })
  name!: string;

  @LongText('What it gathers and why, in Markdown; null when not written.')
  description!: string | null;

  @Words('Free keywords.')
  tags!: string[];

  @ConnectionOf(
    () => Subject,
    { through: () => cohortSubjects, mostNamed: 10_000 },
    'Its subjects, in the order that its authors chose.',
  )
  subjects!: Subject[];
}

/** The subjects of a cohort, all of them subjects of its project. */
export const cohortSubjects = membersWithinProject({
  table: 'cohort_subject',
  container: () => Cohort,
  containerName: 'Cohort',
  member: () => Subject,
  memberName: 'Subject',
  within: () => projectSubjects,
});
