import type { BehavioralParadigm } from '../domain/attribute/behavioral-paradigm.entity';
import type { ConsumableStock } from '../domain/attribute/consumable-stock.entity';
import type { DataStorage, DataStorageProtocol } from '../domain/attribute/data-storage.entity';
import type { Equipment } from '../domain/attribute/equipment.entity';
import type { Inventory } from '../domain/attribute/inventory.entity';
import type { Setup } from '../domain/attribute/setup.entity';
import type { Cohort } from '../domain/cohort/cohort.entity';
import type { Collection } from '../domain/collection/collection.entity';
import type { NodeName } from '../model/ids';
import type { Node } from '../model/node';
import type { Behavior } from '../domain/module/behavior.entity';
import type { DataAcquisition } from '../domain/module/data-acquisition.entity';
import type { Epoch } from '../domain/module/epoch.entity';
import type { Manipulation } from '../domain/module/manipulation.entity';
import type { ProcedureLog, ProcedureLogEntry } from '../domain/module/procedure-log.entity';
import type { Procedure } from '../domain/module/procedure.entity';
import type { SubjectLog, SubjectLogEntry } from '../domain/module/subject-log.entity';
import type { Group, GroupMembership } from '../domain/people/group.entity';
import type { Laboratory } from '../domain/people/laboratory.entity';
import type { Membership } from '../domain/people/membership.entity';
import type { AccessToken } from '../domain/people/access-token.entity';
import type { User } from '../domain/people/user.entity';
import type { Contributor } from '../domain/project/contributor.entity';
import type { Project } from '../domain/project/project.entity';
import type { Session } from '../domain/session/session.entity';
import type { Subject } from '../domain/subject/subject.entity';
import type { BehavioralCategory } from '../domain/vocabulary/behavioral-category.entity';
import type { BrainRegion } from '../domain/vocabulary/brain-region.entity';
import type { Journal, Publication } from '../domain/vocabulary/publication.entity';
import type { SetupType } from '../domain/vocabulary/setup-type.entity';
import type { Species, Strain } from '../domain/vocabulary/species.entity';
import type { Consumable, HardwareDevice, Supplier } from '../domain/vocabulary/supplier.entity';

/** The model of each type, in the order in which rows can be inserted: what is referred to comes first. */
interface Models {
  User: User;
  Group: Group;
  GroupMembership: GroupMembership;
  Laboratory: Laboratory;
  Species: Species;
  Strain: Strain;
  BrainRegion: BrainRegion;
  SetupType: SetupType;
  BehavioralCategory: BehavioralCategory;
  Supplier: Supplier;
  HardwareDevice: HardwareDevice;
  Consumable: Consumable;
  Journal: Journal;
  Publication: Publication;
  BehavioralParadigm: BehavioralParadigm;
  Setup: Setup;
  Equipment: Equipment;
  DataStorage: DataStorage;
  DataStorageProtocol: DataStorageProtocol;
  Inventory: Inventory;
  ConsumableStock: ConsumableStock;
  Project: Project;
  Contributor: Contributor;
  Subject: Subject;
  SubjectLog: SubjectLog;
  SubjectLogEntry: SubjectLogEntry;
  Procedure: Procedure;
  ProcedureLog: ProcedureLog;
  ProcedureLogEntry: ProcedureLogEntry;
  Session: Session;
  Epoch: Epoch;
  Behavior: Behavior;
  DataAcquisition: DataAcquisition;
  Manipulation: Manipulation;
  Collection: Collection;
  Cohort: Cohort;
  Membership: Membership;
  AccessToken: AccessToken;
}

type Written<Value> = Value extends Date ? Date | string : Value;

/** What can be written of one row: its columns, without the lists that lead to other objects. */
export type Columns<Name extends NodeName> = {
  [Field in keyof Models[Name] as Models[Name][Field] extends readonly Node[] ? never : Field]?: Written<
    Models[Name][Field]
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
  collection_session: { collectionId: string; sessionId: string; projectId: string; position: number };
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
