/** What somebody is credited for, and how DataCite calls it; who wrote it is its creator. */
export const contributorTypes = {
  CONTACT_PERSON: 'ContactPerson',
  CONCEPTUALIZER: 'Other',
  DATA_COLLECTOR: 'DataCollector',
  DATA_CURATOR: 'DataCurator',
  DATA_MANAGER: 'DataManager',
  FORMAL_ANALYZER: 'Researcher',
  INVESTIGATOR: 'Researcher',
  MAINTAINER: 'Other',
  METHOD_DEVELOPER: 'Other',
  PRODUCER: 'Producer',
  PROJECT_LEADER: 'ProjectLeader',
  PROJECT_MANAGER: 'ProjectManager',
  SUPERVISOR: 'Supervisor',
  AUTHOR: 'Researcher',
  FUNDER: 'Sponsor',
} as const;

export type ContributorRoleName = keyof typeof contributorTypes;
