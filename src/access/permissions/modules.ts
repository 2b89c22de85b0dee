import type { Permissions } from '../permission';
import { filtered, ifTargetVisible, ifVisibleWhereSet, inherited, node, open } from './kinds';

const log = { ...node, ...open('type schemaVersion description'), ...inherited('entries') };
const logEntry = { ...node, ...open('startedAt endedAt performedBy notes details'), ...inherited('log') };

/** What happens in sessions and to subjects. */
export const modulePermissions: Permissions = {
  Epoch: { ...node, ...open('name start end'), ...inherited('session behaviors dataAcquisitions manipulations') },
  Behavior: {
    ...node,
    ...open('notes order'),
    ...inherited('session epoch'),
    ...filtered('subjects'),
    ...ifTargetVisible('setup behavioralParadigm'),
  },
  DataAcquisition: {
    ...node,
    ...open('type details schemaVersion fileSizeBytes notes order'),
    ...inherited('session epoch'),
    ...filtered('procedures equipment'),
    ...ifTargetVisible('dataStorage'),
    ...ifVisibleWhereSet('dataStorageId fileNameOfId', 'DataStorage', 'CONTRIBUTOR', 'fileName'),
    ...ifVisibleWhereSet('dataStorageId fileUrlOfId', 'DataStorage', 'CONTRIBUTOR', 'fileUrl'),
  },
  Manipulation: {
    ...node,
    ...open('type details schemaVersion notes order'),
    ...inherited('session epoch'),
    ...filtered('procedures equipment'),
  },
  Procedure: {
    ...node,
    ...open('type dateTime coordinateSystem coordinates details schemaVersion notes'),
    ...inherited('subject logs'),
    ...filtered('equipment'),
    ...ifTargetVisible('consumableStock brainRegion'),
  },
  ProcedureLog: { ...log, ...inherited('procedure') },
  ProcedureLogEntry: logEntry,
  SubjectLog: { ...log, ...inherited('subject') },
  SubjectLogEntry: logEntry,
  ModuleType: open('kind type title version schema'),
};
