import type { ModelOf } from '../domain/models';
import type { NodeName } from '../model/ids';
import type { Node } from '../model/node';

type Written<Value> = Value extends Date ? Date | string : Value;

/** What can be written of one row: its columns, without the lists that lead to other objects. */
export type Columns<Name extends NodeName> = {
  [Field in keyof ModelOf<Name> as ModelOf<Name>[Field] extends readonly Node[] ? never : Field]?: Written<
    ModelOf<Name>[Field]
  >;
};

/** One row, with the id by which others refer to it. */
export type Row<Name extends NodeName> = Columns<Name> & { id: string; createdAt: string };

/** The columns of each join table. */
export interface Links {
  laboratory_principal_investigator: { laboratoryId: string; userId: string };
  laboratory_invited_investigator: { laboratoryId: string; userId: string };
  project_publication: { projectId: string; publicationId: string };
  project_subject: { projectId: string; subjectId: string };
  project_session: { projectId: string; sessionId: string };
  session_subject: { sessionId: string; subjectId: string };
  session_data_storage: { sessionId: string; dataStorageId: string; position: number };
  session_setup: { sessionId: string; setupId: string };
  collection_session: { collectionId: string; sessionId: string; projectId: string; position: number };
  breeding_offspring: { breedingId: string; subjectId: string };
  cohort_subject: { cohortId: string; subjectId: string; projectId: string; position: number };
  behavior_subject: { behaviorId: string; subjectId: string };
  data_acquisition_procedure: { dataAcquisitionId: string; procedureId: string };
  data_acquisition_equipment: { dataAcquisitionId: string; equipmentId: string };
  manipulation_procedure: { manipulationId: string; procedureId: string };
  manipulation_equipment: { manipulationId: string; equipmentId: string };
  procedure_equipment: { procedureId: string; equipmentId: string };
}

/** One act of publishing or revoking. */
export interface PublicationAct {
  objectId: string;
  action: 'PUBLISH' | 'REVOKE';
  happenedAt: string;
  userId: string;
  userName: string;
}
