import { groups, users } from '../people';
import type { Row } from '../columns';
import type { Content } from '../content';
import { define } from '../define';
import { recordHistory, share } from '../sharing';

export const storages = define('DataStorage', '2019-03-04T09:00:00.000Z', {
  archive: {
    name: 'Nordhavn open archive',
    location: 'Copenhagen',
    description: 'Read by everybody over https and S3; written by us over SMB.',
    organization: ['PROJECTS', 'SUBJECTS', 'SESSIONS'],
    isPublic: true,
  },
  labDisks: {
    name: 'Lindqvist Lab disks',
    location: 'Nordhavn, server room',
    description: 'Raw data. Ask Tomasz for an account.',
    organization: ['SUBJECTS', 'YEARS', 'SESSIONS'],
  },
  hippocampus: {
    name: 'Hippocampus server',
    location: 'Westmere',
    description: 'All tetrode recordings since 2019.',
    organization: ['PROJECTS', 'SUBJECTS', 'YEARS', 'SESSIONS'],
    isPublic: true,
  },
  release: {
    name: 'Intracranial release bucket',
    location: 'Valencia',
    description: 'De-identified recordings, by group of patients.',
    organization: ['COHORTS', 'SUBJECTS', 'SESSIONS'],
    isPublic: true,
  },
  hospital: {
    name: 'Hospital research store',
    location: 'Santa Clara del Mar',
    organization: ['SUBJECTS', 'SESSIONS'],
  },
  kitahama: {
    name: 'Kitahama object store',
    location: 'Kobe',
    organization: ['COLLECTIONS', 'SESSIONS'],
    isPublic: true,
  },
});

const at = (storage: Row<'DataStorage'>, order: number, protocol: string, path: string, isPublic = false) => ({
  dataStorageId: storage.id,
  order,
  protocol,
  path,
  isPublic,
});

const protocols = define('DataStorageProtocol', '2019-03-05T09:00:00.000Z', {
  archiveHttps: at(storages.archive, 0, 'https', 'https://data.nordhavn.example/open/', true),
  archiveS3: at(storages.archive, 1, 's3', 's3://nordhavn-open/', true),
  archiveSmb: at(storages.archive, 2, 'smb', '\\\\files.nordhavn.example\\open'),
  labSmb: at(storages.labDisks, 0, 'smb', '\\\\files.nordhavn.example\\lindqvist'),
  labNfs: at(storages.labDisks, 1, 'nfs', '/mnt/lindqvist'),
  hippocampusHttps: at(storages.hippocampus, 0, 'https', 'https://hippocampus.westmere.example/data', true),
  hippocampusSftp: at(storages.hippocampus, 1, 'sftp', 'sftp://hippocampus.westmere.example/srv/data'),
  releaseHttps: at(storages.release, 0, 'https', 'https://release.intracranial.example/v1', true),
  releaseGlobus: at(storages.release, 1, 'globus', 'globus://intracranial-release/v1'),
  hospitalFiles: at(storages.hospital, 0, 'smb', '\\\\research.santaclara.example\\ieeg'),
  kitahamaHttps: at(storages.kitahama, 0, 'https', 'https://objects.kitahama.example/patch', true),
});

interface Published {
  storage: Row<'DataStorage'>;
  owner: Row<'User'>;
  at: string;
}

const publications: Published[] = [
  { storage: storages.archive, owner: users.mara, at: '2023-06-19T09:05:00.000Z' },
  { storage: storages.hippocampus, owner: users.chidi, at: '2022-10-24T11:05:00.000Z' },
  { storage: storages.release, owner: users.ana, at: '2024-03-01T08:05:00.000Z' },
  { storage: storages.kitahama, owner: users.kenji, at: '2024-04-08T01:05:00.000Z' },
];

/** Storages and the ways to reach them: of public storages some are private. */
export function addStorages(content: Content): void {
  content.addAll('DataStorage', storages);
  content.addAll('DataStorageProtocol', protocols);
  share(content, 'dataStorageId', storages.archive, {
    owner: users.mara,
    grants: [
      { to: groups.cortex, role: 'CONTRIBUTOR' },
      { to: groups.stewards, role: 'MANAGER' },
    ],
  });
  share(content, 'dataStorageId', storages.labDisks, {
    owner: users.tomasz,
    grants: [
      { to: users.mara, role: 'OWNER' },
      { to: groups.cortex, role: 'MEMBER' },
    ],
  });
  share(content, 'dataStorageId', storages.hippocampus, {
    owner: users.chidi,
    grants: [
      { to: users.hana, role: 'MANAGER' },
      { to: groups.memory, role: 'CONTRIBUTOR' },
    ],
  });
  share(content, 'dataStorageId', storages.release, { owner: users.ana });
  share(content, 'dataStorageId', storages.hospital, {
    owner: users.henrik,
    grants: [{ to: users.lucia, role: 'MEMBER' }],
  });
  share(content, 'dataStorageId', storages.kitahama, { owner: users.kenji });
  for (const { storage, owner, at: moment } of publications) {
    recordHistory(content, storage.id, owner, [moment]);
    for (const protocol of Object.values(protocols))
      if (protocol.dataStorageId === storage.id && protocol.isPublic)
        recordHistory(content, protocol.id, owner, [moment]);
  }
}
