import type { Permissions } from '../permission';
import { filtered, ifRole, ifTargetVisible, inherited, node, open } from './kinds';

/** Projects and what they contain. */
export const containerPermissions: Permissions = {
  Project: {
    ...node,
    ...open('name identifiers description tags extraFields license funding nameUsedInStorage repositoryLinks'),
    ...open('isPublic publishedAt firstPublishedAt viewerRole'),
    // Composed of lists that are filtered themselves: see citing/work.ts.
    ...open('citation'),
    ...inherited('contributors subjects sessions collections cohorts breedings'),
    ...filtered('publications'),
    ...ifRole('MEMBER', 'members'),
    ...ifRole('OWNER', 'visibilityHistory'),
  },
  Contributor: {
    ...node,
    ...open('name roles orcid affiliation order'),
    ...inherited('project user'),
  },
  Collection: { ...node, ...open('name description tags'), ...inherited('project sessions') },
  Cohort: { ...node, ...open('name description tags'), ...inherited('project subjects') },
  Breeding: {
    ...node,
    ...open('name startedOn endedOn birthDate weanedOn litterSize expectedGenotype description tags'),
    ...inherited('project logEntries'),
    // Its animals may be in other projects alone.
    ...filtered('offspring'),
    ...ifTargetVisible('dam sire'),
  },
  BreedingLogEntry: { ...node, ...open('startedAt endedAt performedBy notes'), ...inherited('breeding') },
  Subject: {
    ...node,
    ...open('name sex age status description geneticLine genotype birthDate deathDate identifier'),
    ...open('tags extraFields nameUsedInStorage'),
    ...inherited('procedures logs'),
    ...filtered('projects cohorts sessions bornOf damOf sireOf'),
    ...ifRole('OWNER', 'isShared'),
    ...ifTargetVisible('species strain supplier'),
  },
  Session: {
    ...node,
    ...open('name description startedAt tags extraFields nameUsedInStorage repositoryLinks'),
    // Composed of lists that are filtered themselves: see session/data-paths.ts.
    ...open('dataPaths'),
    ...inherited('epochs behaviors dataAcquisitions manipulations'),
    ...filtered('projects subjects dataStorages setups collections'),
    ...ifRole('OWNER', 'isShared'),
  },
  Funding: open('funder awardNumber identifier url'),
  RepositoryLink: open('repository url'),
  ProjectIdentifier: open('scheme value url'),
};
