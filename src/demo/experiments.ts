import type { Columns, Row } from './columns';
import type { Content } from './content';
import { minutesAfter } from './source';

type Details = Record<string, unknown>;

/** The entries of one log, in order of time. */
export interface LogPlan {
  type: string;
  description?: string;
  entries: Columns<'SubjectLogEntry'>[];
}

/** Something done to a subject, under a name by which the modules of sessions refer to it. */
export interface ProcedurePlan extends Columns<'Procedure'> {
  as: string;
  type: string;
  equipment?: readonly string[];
  logs?: readonly LogPlan[];
}

interface SubjectPlan {
  recordedAt: string;
  projects: readonly Row<'Project'>[];
  columns: Columns<'Subject'> & { name: string };
  procedures?: readonly ProcedurePlan[];
  logs?: readonly LogPlan[];
}

/** A subject in the demo, with the ids of what was done to it. */
export interface DemoSubject {
  id: string;
  name: string;
  procedures: Record<string, string>;
}

/** Adds a subject with its procedures and logs. */
export function addSubject(content: Content, plan: SubjectPlan): DemoSubject {
  const { recordedAt, projects, columns } = plan;
  const name = `${projects[0]!.id} ${columns.name}`;
  const { id } = content.add('Subject', name, recordedAt, columns);
  for (const project of projects) content.link('project_subject', { projectId: project.id, subjectId: id });
  for (const log of plan.logs ?? []) addSubjectLog(content, name, id, log, recordedAt);
  const procedures = (plan.procedures ?? []).map((procedure, index) => [
    procedure.as,
    addProcedure(content, name, id, procedure, minutesAfter(recordedAt, index + 1)),
  ]);
  return { id, name: columns.name, procedures: Object.fromEntries(procedures) as Record<string, string> };
}

function addSubjectLog(content: Content, subject: string, subjectId: string, log: LogPlan, recordedAt: string): void {
  const { type, description, entries } = log;
  const name = `${subject} ${type}`;
  const schemaVersion = content.versionOf('SUBJECT_LOG', type);
  const row = content.add('SubjectLog', name, recordedAt, {
    subjectId,
    type,
    schemaVersion,
    description: description ?? null,
  });
  entries.forEach((entry, index) =>
    content.add('SubjectLogEntry', `${name} ${index}`, moment(entry.startedAt), { logId: row.id, ...entry }),
  );
}

function addProcedure(
  content: Content,
  subject: string,
  subjectId: string,
  { as, equipment = [], logs = [], ...columns }: ProcedurePlan,
  recordedAt: string,
): string {
  const name = `${subject} ${as}`;
  const schemaVersion = content.versionOf('PROCEDURE', columns.type);
  const { id } = content.add('Procedure', name, recordedAt, { subjectId, schemaVersion, ...columns });
  for (const equipmentId of equipment) content.link('procedure_equipment', { procedureId: id, equipmentId });
  for (const { type, description, entries } of logs) {
    const log = content.add('ProcedureLog', `${name} ${type}`, recordedAt, {
      procedureId: id,
      type,
      schemaVersion: content.versionOf('PROCEDURE_LOG', type),
      description: description ?? null,
    });
    entries.forEach((entry, index) =>
      content.add('ProcedureLogEntry', `${name} ${type} ${index}`, moment(entry.startedAt), {
        logId: log.id,
        ...entry,
      }),
    );
  }
  return id;
}

/** A module of a session; `epoch` is the name of the epoch in which it stands. */
interface ModulePlan {
  epoch?: string;
  notes?: string;
}

interface BehaviorPlan extends ModulePlan {
  subjects?: readonly DemoSubject[];
  setup?: Row<'Setup'>;
  paradigm?: Row<'BehavioralParadigm'>;
}

export interface AcquisitionPlan extends ModulePlan {
  type: string;
  details: Details;
  procedures?: readonly string[];
  equipment?: readonly string[];
  file?: { name?: string; url?: string; bytes?: number; storage?: Row<'DataStorage'> };
}

export interface ManipulationPlan extends ModulePlan {
  type: string;
  /** One stimulus. The schemas of manipulations describe a list of them, but the column holds a single object. */
  details: Details;
  procedures?: readonly string[];
  equipment?: readonly string[];
}

export interface SessionPlan {
  projects: readonly Row<'Project'>[];
  columns: Columns<'Session'> & { name: string };
  /** By default four hours after its start. */
  recordedAt?: string;
  subjects: readonly DemoSubject[];
  storages?: readonly Row<'DataStorage'>[];
  /** Name, start and end in seconds from the onset. */
  epochs?: readonly (readonly [name: string, start: number | null, end: number | null])[];
  behaviors?: readonly BehaviorPlan[];
  acquisitions?: readonly AcquisitionPlan[];
  manipulations?: readonly ManipulationPlan[];
}

/** Adds a session with its epochs and modules; returns its id. */
export function addSession(content: Content, plan: SessionPlan): string {
  const { projects, columns, subjects, storages = [], epochs = [] } = plan;
  const name = `${projects[0]!.id} ${columns.name}`;
  const recordedAt = plan.recordedAt ?? minutesAfter(moment(columns.startedAt), 240);
  const sessionId = content.add('Session', name, recordedAt, columns).id;
  for (const project of projects) content.link('project_session', { projectId: project.id, sessionId });
  for (const subject of subjects) content.link('session_subject', { sessionId, subjectId: subject.id });
  storages.forEach(({ id }, position) =>
    content.link('session_data_storage', { sessionId, dataStorageId: id, position }),
  );
  const setups = new Set((plan.behaviors ?? []).flatMap(({ setup }) => setup ?? []));
  for (const setup of setups) content.link('session_setup', { sessionId, setupId: setup.id });
  const epochIds = new Map<string, string>();
  for (const [epoch, start, end] of epochs) {
    const row = content.add('Epoch', `${name} ${epoch}`, recordedAt, { sessionId, name: epoch, start, end });
    epochIds.set(epoch, row.id);
  }
  addModules(content, plan, { name, recordedAt, sessionId, epochIds });
  return sessionId;
}

interface AddedSession {
  name: string;
  recordedAt: string;
  sessionId: string;
  epochIds: ReadonlyMap<string, string>;
}

function addModules(
  content: Content,
  plan: SessionPlan,
  { name, recordedAt, sessionId, epochIds }: AddedSession,
): void {
  const common = ({ epoch, notes }: ModulePlan, order: number) => ({
    sessionId,
    order,
    notes: notes ?? null,
    epochId: epoch === undefined ? null : epochIds.get(epoch)!,
  });
  plan.behaviors?.forEach((behavior, order) => {
    const { id } = content.add('Behavior', `${name} ${order}`, recordedAt, {
      ...common(behavior, order),
      setupId: behavior.setup?.id ?? null,
      behavioralParadigmId: behavior.paradigm?.id ?? null,
    });
    for (const subject of behavior.subjects ?? plan.subjects)
      content.link('behavior_subject', { behaviorId: id, subjectId: subject.id });
  });
  plan.acquisitions?.forEach((acquisition, order) => {
    const { type, details, file, procedures = [], equipment = [] } = acquisition;
    const { id } = content.add('DataAcquisition', `${name} ${order}`, recordedAt, {
      ...common(acquisition, order),
      type,
      details,
      schemaVersion: content.versionOf('DATA_ACQUISITION', type),
      fileName: file?.name ?? null,
      fileUrl: file?.url ?? null,
      fileSizeBytes: file?.bytes ?? null,
      dataStorageId: file?.storage?.id ?? null,
    });
    for (const procedureId of procedures)
      content.link('data_acquisition_procedure', { dataAcquisitionId: id, procedureId });
    for (const equipmentId of equipment)
      content.link('data_acquisition_equipment', { dataAcquisitionId: id, equipmentId });
  });
  plan.manipulations?.forEach((manipulation, order) => {
    const { type, details, procedures = [], equipment = [] } = manipulation;
    const { id } = content.add('Manipulation', `${name} ${order}`, recordedAt, {
      ...common(manipulation, order),
      type,
      details: [details],
      schemaVersion: content.versionOf('MANIPULATION', type),
    });
    for (const procedureId of procedures) content.link('manipulation_procedure', { manipulationId: id, procedureId });
    for (const equipmentId of equipment) content.link('manipulation_equipment', { manipulationId: id, equipmentId });
  });
}

/** Adds a collection of sessions of a project, in the given order. */
export function addCollection(
  content: Content,
  project: Row<'Project'>,
  recordedAt: string,
  columns: Columns<'Collection'> & { name: string },
  sessions: readonly string[],
): void {
  const { id } = content.add('Collection', `${project.id} ${columns.name}`, recordedAt, {
    projectId: project.id,
    ...columns,
  });
  sessions.forEach((sessionId, position) =>
    content.link('collection_session', { collectionId: id, sessionId, projectId: project.id, position }),
  );
}

/** Adds a cohort of subjects of a project, in the given order. */
export function addCohort(
  content: Content,
  project: Row<'Project'>,
  recordedAt: string,
  columns: Columns<'Cohort'> & { name: string },
  subjects: readonly DemoSubject[],
): void {
  const { id } = content.add('Cohort', `${project.id} ${columns.name}`, recordedAt, {
    projectId: project.id,
    ...columns,
  });
  subjects.forEach((subject, position) =>
    content.link('cohort_subject', { cohortId: id, subjectId: subject.id, projectId: project.id, position }),
  );
}

function moment(value: Date | string | null | undefined): string {
  if (value == null) throw new Error('The demo needs this moment, for an id follows from it.');
  return new Date(value).toISOString();
}
