import type { DataSource, EntityManager } from 'typeorm';
import { projectPublications, projectSessions, projectSubjects } from '../../project/project.links';
import { publishAsOperator } from '../../publishing/publish-as-operator';
import { sessionDataStorages, sessionSubjects } from '../../session/session.links';
import { ImportedObject } from '../imported-object.entity';
import type { ProjectTree } from '../tree';
import { ensureOwner } from './owner';
import { storeLinks, type Link } from './links';
import { storeRows, type Keys, type Tally, type Wanted } from './rows';
import { storeVocabulary } from './vocabulary';
import * as wanted from './wanted';

export interface StoreOptions {
  /** Who owns what is made: an id, e-mail address or ORCID iD; the operator's own account when left out. */
  owner?: string | undefined;
  /** Whether the operator publishes the project and its data storages with it. */
  publish: boolean;
  /** Hears how many of all objects are stored. */
  onProgress?: (stored: number, all: number) => void;
}

export interface StoreResult extends Tally {
  projectId: string;
  /** How many objects became public. */
  published: number;
}

/**
 * Stores a tree in one transaction: all of it or nothing. What an earlier import of the same source made is found by its
 * key and brought up to date; a second import of an unchanged source changes nothing.
 */
export async function storeTree(
  dataSource: DataSource,
  tree: ProjectTree,
  options: StoreOptions,
): Promise<StoreResult> {
  return dataSource.transaction(async (manager) => {
    // Two imports of one source at the same time: the second waits and then finds everything there.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext($1))`, [`import ${tree.project.key}`]);
    const keys = await knownKeys(manager, tree.project.key);
    const alreadyKnown = new Set(keys.keys());
    const total: Tally = { created: await storeVocabulary(manager, tree, keys), updated: 0, unchanged: 0 };
    const all = tree.subjects.length + tree.sessions.length + tree.dataAcquisitions.length;
    let stored = 0;

    const put = async (type: Parameters<typeof storeRows>[1], rows: readonly Wanted[]): Promise<void> => {
      const tally = await storeRows(manager, type, rows, keys);
      total.created += tally.created;
      total.updated += tally.updated;
      total.unchanged += tally.unchanged;
    };
    const putInSteps = async (type: Parameters<typeof storeRows>[1], rows: readonly Wanted[]): Promise<void> => {
      for (let start = 0; start < rows.length; start += progressStep) {
        const step = rows.slice(start, start + progressStep);
        await put(type, step);
        stored += step.length;
        options.onProgress?.(stored, all);
      }
    };

    await put('Project', [wanted.project(tree.project)]);
    await put('Contributor', wanted.contributors(tree, keys));
    await put('DataStorage', wanted.dataStorages(tree));
    await put('DataStorageProtocol', wanted.protocols(tree, keys));
    await putInSteps('Subject', wanted.subjects(tree, keys));
    await putInSteps('Session', wanted.sessions(tree));
    await putInSteps('DataAcquisition', wanted.dataAcquisitions(tree, keys));
    total.created += await storeEveryLink(manager, tree, keys);
    await rememberKeys(manager, keys, alreadyKnown, tree);

    const projectId = keys.get(tree.project.key)!;
    const storageIds = tree.dataStorages.map(({ key }) => keys.get(key)!);
    await ensureOwner(manager, options.owner, { projectId, storageIds });
    const published = options.publish ? await publishAsOperator(manager, { projectId, storageIds }) : 0;
    return { ...total, projectId, published };
  });
}

const progressStep = 250;

async function storeEveryLink(manager: EntityManager, tree: ProjectTree, keys: Keys): Promise<number> {
  const id = (key: string): string => keys.get(key)!;
  const projectId = id(tree.project.key);
  const links = <T>(entries: readonly T[], link: (entry: T) => Link[]): Link[] => entries.flatMap(link);
  const added = [
    await storeLinks(
      manager,
      projectPublications,
      links(tree.project.publications, ({ key }) => [[projectId, id(key)]]),
    ),
    await storeLinks(
      manager,
      projectSubjects,
      links(tree.subjects, ({ key }) => [[projectId, id(key)]]),
    ),
    await storeLinks(
      manager,
      projectSessions,
      links(tree.sessions, ({ key }) => [[projectId, id(key)]]),
    ),
    await storeLinks(
      manager,
      sessionSubjects,
      links(tree.sessions, ({ key, subjects }) => subjects.map((one): Link => [id(key), id(one)])),
    ),
    await storeLinks(
      manager,
      sessionDataStorages,
      links(tree.sessions, ({ key, dataStorages }) => dataStorages.map((one): Link => [id(key), id(one)])),
    ),
  ];
  return added.reduce((sum, count) => sum + count, 0);
}

/** What an earlier import of this source made, by key. */
async function knownKeys(manager: EntityManager, projectKey: string): Promise<Keys> {
  const repository = manager.getRepository(ImportedObject);
  const project = await repository
    .createQueryBuilder('known')
    .where('known.key = :projectKey AND known.objectId = known.projectId', { projectKey })
    .getOne();
  const rows = project ? await repository.findBy({ projectId: project.projectId }) : [];
  return new Map(rows.map(({ key, objectId }) => [key, objectId]));
}

async function rememberKeys(
  manager: EntityManager,
  keys: Keys,
  alreadyKnown: ReadonlySet<string>,
  tree: ProjectTree,
): Promise<void> {
  const projectId = keys.get(tree.project.key)!;
  const added = [...keys].filter(([key]) => !alreadyKnown.has(key));
  if (added.length === 0) return;
  await manager.query(
    `INSERT INTO "imported_object" ("project_id", "key", "object_id") SELECT $1::uuid, * FROM unnest($2::text[], $3::uuid[])`,
    [projectId, added.map(([key]) => key), added.map(([, id]) => id)],
  );
}
