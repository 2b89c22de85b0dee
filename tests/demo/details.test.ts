import { buildDemo } from '../../src/demo/demo';
import { ModuleTypes } from '../../src/domain/module/module-types';
import type { ModuleKind } from '../../src/domain/module/registry';

interface Module {
  id: string;
  type: string;
  schemaVersion: string;
  details: unknown;
}

const moduleTypes = new ModuleTypes();
const { rows } = buildDemo();
const rowsOf = <T>(name: Parameters<typeof rows.get>[0]): T[] => (rows.get(name) ?? []) as T[];

/** Modules whose details stand in the row itself, and logs, whose entries have them. */
function modulesOf(kind: ModuleKind): Module[] {
  switch (kind) {
    case 'DATA_ACQUISITION':
      return rowsOf('DataAcquisition');
    case 'MANIPULATION':
      return rowsOf('Manipulation');
    case 'PROCEDURE':
      return rowsOf<Module>('Procedure');
    case 'EQUIPMENT':
      return rowsOf<Module>('Equipment');
    case 'CONSUMABLE_STOCK':
      return rowsOf('ConsumableStock');
    case 'SUBJECT_LOG':
      return entries('SubjectLog', 'SubjectLogEntry');
    case 'PROCEDURE_LOG':
      return entries('ProcedureLog', 'ProcedureLogEntry');
    case 'COORDINATES':
      return [...rowsOf<Located>('Procedure'), ...rowsOf<Located>('Equipment')]
        .filter(({ coordinateSystem }) => coordinateSystem)
        .map(({ id, coordinateSystem, coordinates }) => {
          const version = moduleTypes.find('COORDINATES', coordinateSystem!)?.version ?? 'none';
          return { id, type: coordinateSystem!, schemaVersion: version, details: coordinates };
        });
  }
}

interface Located {
  id: string;
  coordinateSystem?: string | null;
  coordinates?: unknown;
}

function entries(log: 'SubjectLog' | 'ProcedureLog', entry: 'SubjectLogEntry' | 'ProcedureLogEntry'): Module[] {
  const logs = new Map(rowsOf<Module>(log).map((row) => [row.id, row]));
  return rowsOf<{ id: string; logId: string; details: unknown }>(entry).map(({ id, logId, details }) => ({
    ...logs.get(logId)!,
    id,
    details,
  }));
}

function faultsOf(kind: ModuleKind, modules: readonly Module[]): string[] {
  return modules.flatMap(({ id, type, schemaVersion, details = {} }) => {
    const moduleType = moduleTypes.find(kind, type, schemaVersion);
    if (!moduleType) return [`${type} ${schemaVersion} of ${id} does not exist`];
    return moduleTypes.faults(moduleType, details).map(({ path, message }) => `${type} ${id}${path} ${message}`);
  });
}

/** How many different types of each kind the demo has at least. */
const variety: Record<ModuleKind, number> = {
  DATA_ACQUISITION: 16,
  MANIPULATION: 9,
  PROCEDURE: 27,
  EQUIPMENT: 28,
  CONSUMABLE_STOCK: 12,
  SUBJECT_LOG: 11,
  PROCEDURE_LOG: 3,
  COORDINATES: 6,
};

test.each(Object.entries(variety) as [ModuleKind, number][])(
  'details of %s follow their schemas, and are of at least %i types',
  (kind, least) => {
    const modules = modulesOf(kind);
    expect(faultsOf(kind, modules)).toEqual([]);
    expect(new Set(modules.map(({ type }) => type)).size).toBeGreaterThanOrEqual(least);
  },
);

test('details that break their schema are told', () => {
  const [recording] = rowsOf<Module>('DataAcquisition');
  const [stimulus] = rowsOf<Module>('Manipulation');
  const broken = (module: Module): Module => ({
    ...module,
    details: { nChannels: -1, duration: { unit: 'fortnight' } },
  });
  expect(faultsOf('DATA_ACQUISITION', [broken(recording!)])).not.toEqual([]);
  expect(faultsOf('MANIPULATION', [broken(stimulus!)])).not.toEqual([]);
  expect(faultsOf('DATA_ACQUISITION', [{ ...recording!, schemaVersion: '0.0.1' }])).toHaveLength(1);
});

test('values have units, and files have sizes beyond 32 bits', () => {
  const sizes = rowsOf<{ fileSizeBytes?: number }>('DataAcquisition').map(({ fileSizeBytes }) => fileSizeBytes ?? 0);
  expect(Math.max(...sizes)).toBeGreaterThan(2 ** 32);
  expect(sizes.every(Number.isSafeInteger)).toBe(true);
});

test('a property that the type does not have is named in the fault', () => {
  const type = moduleTypes.find('MANIPULATION', 'OptogeneticStimulation')!;
  expect(moduleTypes.faults(type, [{ lamp: 1 }])).toContainEqual({
    path: '/0',
    message: 'must NOT have additional properties: lamp',
  });
});
