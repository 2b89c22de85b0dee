import { RefersTo } from '../../model/edges';
import { defineChoice, Order, SomeOf, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { User } from '../people/user.entity';
import { Project } from './project.entity';

export const contributorRoles = defineChoice(
  'ContributorRole',
  'What somebody is credited for. A credit, not a permission.',
  {
    CONTACT_PERSON: 'Answers questions about the project.',
    CONCEPTUALIZER: 'Had the idea.',
    DATA_COLLECTOR: 'Collected data.',
    DATA_CURATOR: 'Curated data.',
    DATA_MANAGER: 'Managed data.',
    FORMAL_ANALYZER: 'Analysed data.',
    INVESTIGATOR: 'Did the experiments.',
    MAINTAINER: 'Maintains the data set.',
    METHOD_DEVELOPER: 'Developed methods.',
    PRODUCER: 'Produced the data set.',
    PROJECT_LEADER: 'Led the project.',
    PROJECT_MANAGER: 'Managed the project.',
    SUPERVISOR: 'Supervised.',
    AUTHOR: 'Wrote about it.',
    FUNDER: 'Paid for it.',
  },
);

@NodeType('Somebody, or an organisation, credited on a project.')
export class Contributor extends Node {
  @RefersTo(() => Project, 'The project that gives the credit.', { required: true, alwaysVisible: true })
  projectId!: string;

  @Text(200, 'The name to credit, as the project writes it.', { required: true })
  name!: string;

  @SomeOf(contributorRoles, 'What for.')
  roles!: string[];

  @Text(40, 'The ORCID iD, such as `0000-0002-1825-0097`; null when not stated.')
  orcid!: string | null;

  @Text(300, 'Where they work; null when not stated.')
  affiliation!: string | null;

  @RefersTo(() => User, 'Their account on this server; null when they have none or it is not linked.')
  userId!: string | null;

  @Order('The place among the contributors of the project, from 0.')
  order!: number;
}
