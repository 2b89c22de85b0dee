import type { ProjectEntry, ProjectTree } from '../tree';
import type { Keys, Wanted } from './rows';

/** The columns that each entry of a tree asks for. */

export function project({
  key,
  name,
  description,
  tags,
  license,
  funding,
  repositoryLinks,
  nameUsedInStorage,
  extraFields,
}: ProjectEntry): Wanted {
  return {
    key,
    columns: { name, description, tags, license, funding, repositoryLinks, nameUsedInStorage, extraFields },
  };
}

export function contributors(
  { project: { key: projectKey, contributors: entries } }: ProjectTree,
  keys: Keys,
): Wanted[] {
  return entries.map(({ key, name, roles, orcid, affiliation }, order) => ({
    key,
    columns: { projectId: keys.get(projectKey), name, roles, orcid, affiliation, order },
  }));
}

export function dataStorages(tree: ProjectTree): Wanted[] {
  return tree.dataStorages.map(({ key, name, location, description, organization }) => ({
    key,
    columns: { name, location, description, organization },
  }));
}

export function protocols(tree: ProjectTree, keys: Keys): Wanted[] {
  return tree.dataStorages.flatMap((storage) =>
    storage.protocols.map(({ protocol, path }, order) => ({
      key: `${storage.key}/protocol/${protocol}/${path}`,
      columns: { dataStorageId: keys.get(storage.key), protocol, path, order },
    })),
  );
}

export function subjects(tree: ProjectTree, keys: Keys): Wanted[] {
  return tree.subjects.map(
    ({ key, name, species, strain, sex, age, genotype, identifier, nameUsedInStorage, extraFields }) => ({
      key,
      columns: {
        name,
        speciesId: keys.get(species),
        strainId: strain === null ? null : keys.get(strain),
        sex,
        age,
        genotype,
        identifier,
        nameUsedInStorage,
        extraFields,
      },
    }),
  );
}

export function sessions(tree: ProjectTree): Wanted[] {
  return tree.sessions.map(({ key, name, description, startedAt, tags, nameUsedInStorage, extraFields }) => ({
    key,
    columns: {
      name,
      description,
      startedAt: startedAt === null ? null : new Date(startedAt),
      tags,
      nameUsedInStorage,
      extraFields,
    },
  }));
}

export function dataAcquisitions(tree: ProjectTree, keys: Keys): Wanted[] {
  return tree.dataAcquisitions.map((entry) => ({
    key: entry.key,
    columns: {
      sessionId: keys.get(entry.session),
      type: entry.type,
      details: entry.details,
      schemaVersion: entry.schemaVersion,
      fileName: entry.fileName,
      fileUrl: entry.fileUrl,
      fileSizeBytes: entry.fileSizeBytes,
      dataStorageId: entry.dataStorage === null ? null : keys.get(entry.dataStorage),
      notes: entry.notes,
      order: entry.order,
    },
  }));
}
