import type { BehavioralParadigm } from '../attribute/behavioral-paradigm.entity';
import type { ConsumableStock } from '../attribute/consumable-stock.entity';
import type { DataStorage, DataStorageProtocol } from '../attribute/data-storage.entity';
import type { Equipment } from '../attribute/equipment.entity';
import type { Inventory } from '../attribute/inventory.entity';
import type { Setup } from '../attribute/setup.entity';
import type { Cohort } from '../cohort/cohort.entity';
import type { Collection } from '../collection/collection.entity';
import type { NodeName } from '../model/ids';
import type { Node } from '../model/node';
import type { Behavior } from '../module/behavior.entity';
import type { DataAcquisition } from '../module/data-acquisition.entity';
import type { Epoch } from '../module/epoch.entity';
import type { Manipulation } from '../module/manipulation.entity';
import type { ProcedureLog, ProcedureLogEntry } from '../module/procedure-log.entity';
import type { Procedure } from '../module/procedure.entity';
import type { SubjectLog, SubjectLogEntry } from '../module/subject-log.entity';
import type { Group, GroupMembership } from '../people/group.entity';
import type { Laboratory } from '../people/laboratory.entity';
import type { Membership } from '../people/membership.entity';
import type { AccessToken } from '../people/tokens/access-token.entity';
import type { User } from '../people/user.entity';
import type { Contributor } from '../project/contributor.entity';
import type { Project } from '../project/project.entity';
import type { Session } from '../session/session.entity';
import type { Subject } from '../subject/subject.entity';
import type { BehavioralCategory } from '../vocabulary/behavioral-category.entity';
import type { BrainRegion } from '../vocabulary/brain-region.entity';
import type { Journal, Publication } from '../vocabulary/publication.entity';
import type { SetupType } from '../vocabulary/setup-type.entity';
import type { Species, Strain } from '../vocabulary/species.entity';
import type { Consumable, HardwareDevice, Supplier } from '../vocabulary/supplier.entity';

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
