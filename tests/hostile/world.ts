import type { DataSource } from 'typeorm';
import { WorldBuilder } from '../world/builder';
import { readShape } from '../world/shape';
import { storeWorld } from '../world/store';
import { linkColumns, type LinkName, type Row, type TypeName, type Value } from '../world/world';

/** A public project of real size, in which every list of the schema leads somewhere and back again. */
export interface LargeWorld {
  project: string;
  /** It has 5,000 data acquisitions and 10,000 epochs. */
  session: string;
  /** One object of each type. */
  one: ReadonlyMap<TypeName, string>;
}

const moments = {
  isPublic: true,
  publishedAt: '2026-01-05T09:00:00.000Z',
  firstPublishedAt: '2026-01-05T09:00:00.000Z',
};

/** How many far ends a list has that is linked to others, and how many contributors a set has. */
const linked = 40;
const contributors = 100;

export async function storeLargeWorld(dataSource: DataSource): Promise<LargeWorld> {
  const builder = new WorldBuilder(readShape(dataSource), 1, false);
  const add = (type: TypeName, columns: Record<string, Value> = {}): string => builder.add(type, columns).id;
  const addMany = (type: TypeName, count: number, columns: Record<string, Value> = {}): string[] =>
    Array.from({ length: count }, (_, order) => add(type, { order, ...columns }));

  const isApproved = true;
  const user = add('User');
  const species = add('Species', { isApproved });
  addMany('Strain', linked, { speciesId: species, isApproved });
  const setupTypeId = add('SetupType', { isApproved });
  const categoryId = add('BehavioralCategory', { isApproved });
  const supplierId = add('Supplier', { isApproved });
  const brainRegionId = add('BrainRegion', { isApproved });
  const consumableId = add('Consumable', { supplierId, isApproved });
  const hardwareDeviceId = add('HardwareDevice', { supplierId, isApproved });
  const journalId = add('Journal', { isApproved });
  const publications = addMany('Publication', linked, { journalId, isApproved });
  const setupId = add('Setup', { setupTypeId, isPublic: true });
  const equipment = addMany('Equipment', linked, { setupId, hardwareDeviceId });
  const behavioralParadigmId = add('BehavioralParadigm', { setupTypeId, categoryId, isPublic: true });
  const inventoryId = add('Inventory', { isPublic: true });
  const [consumableStockId] = addMany('ConsumableStock', linked, { inventoryId, consumableId }) as [string];
  const storages = addMany('DataStorage', 5, { isPublic: true });
  for (const dataStorageId of storages) addMany('DataStorageProtocol', 5, { dataStorageId, isPublic: true });

  const project = add('Project', moments);
  addMany('Contributor', contributors, { projectId: project, userId: user });
  const subjects = addMany('Subject', linked, { speciesId: species, supplierId });
  const sessions = addMany('Session', linked);
  const [session] = sessions as [string];
  const procedures = subjects.flatMap((subjectId) =>
    addMany('Procedure', 3, { subjectId, consumableStockId, brainRegionId }),
  );
  procedures.push(...addMany('Procedure', linked, { subjectId: subjects[0]!, consumableStockId, brainRegionId }));
  for (const procedureId of procedures) add('ProcedureLogEntry', { logId: add('ProcedureLog', { procedureId }) });
  for (const subjectId of subjects) addMany('SubjectLogEntry', linked, { logId: add('SubjectLog', { subjectId }) });
  const epochs = addMany('Epoch', 10_000, { sessionId: session });
  const [epochId] = epochs as [string];
  const behaviors = addMany('Behavior', linked, { sessionId: session, epochId, setupId, behavioralParadigmId });
  const acquisitions = addMany('DataAcquisition', 5000, { sessionId: session, epochId, dataStorageId: storages[0]! });
  const manipulations = addMany('Manipulation', linked, { sessionId: session, epochId });
  const collections = addMany('Collection', linked, { projectId: project });
  const cohorts = addMany('Cohort', linked, { projectId: project });

  const breedings = addMany('Breeding', linked, { projectId: project, damId: subjects[0]!, sireId: subjects[1]! });
  addMany('BreedingLogEntry', linked, { breedingId: breedings[0]! });

  const each = (
    name: LinkName,
    left: readonly string[],
    right: readonly string[],
    more: Record<string, string> = {},
  ): void => {
    const [near, far] = linkColumns[name];
    const isOrdered = /collection|cohort|storage|publication|investigator/.test(name);
    left.forEach((one) =>
      right.forEach((other, position) =>
        builder.link(name, { [near]: one, [far]: other, ...more, ...(isOrdered && { position }) }),
      ),
    );
  };
  each('project_subject', [project], subjects);
  each('project_session', [project], sessions);
  each('project_publication', [project], publications);
  each('session_subject', sessions, subjects);
  each('session_data_storage', sessions, storages);
  each('session_setup', sessions, [setupId]);
  each('behavior_subject', behaviors, subjects);
  each('data_acquisition_procedure', acquisitions.slice(0, linked), procedures.slice(0, linked));
  each('data_acquisition_equipment', acquisitions.slice(0, linked), equipment);
  each('manipulation_procedure', manipulations, procedures.slice(0, linked));
  each('manipulation_equipment', manipulations, equipment);
  each('procedure_equipment', procedures.slice(0, linked), equipment);
  each('collection_session', collections, sessions, { projectId: project });
  each('cohort_subject', cohorts, subjects, { projectId: project });
  each('breeding_offspring', breedings, subjects);
  await storeWorld(dataSource, builder);
  await dataSource.query('ANALYZE');
  const one = new Map(
    Object.entries(builder.rows).flatMap(([type, rows]: [string, Row[]]) => first(type as TypeName, rows)),
  );
  return { project, session, one };
}

const first = (type: TypeName, [row]: Row[]): [TypeName, string][] => (row ? [[type, row.id]] : []);
