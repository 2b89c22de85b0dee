import { BehavioralParadigm } from './attribute/behavioral-paradigm.entity';
import { ConsumableStock } from './attribute/consumable-stock.entity';
import { DataStorage, DataStorageProtocol } from './attribute/data-storage.entity';
import { Equipment } from './attribute/equipment.entity';
import { Inventory } from './attribute/inventory.entity';
import { Setup } from './attribute/setup.entity';
import { BreedingLogEntry } from './breeding/breeding-log-entry.entity';
import { Breeding } from './breeding/breeding.entity';
import { Cohort } from './cohort/cohort.entity';
import { Collection } from './collection/collection.entity';
import { Behavior } from './module/behavior.entity';
import { DataAcquisition } from './module/data-acquisition.entity';
import { Epoch } from './module/epoch.entity';
import { Manipulation } from './module/manipulation.entity';
import { ProcedureLog, ProcedureLogEntry } from './module/procedure-log.entity';
import { Procedure } from './module/procedure.entity';
import { SubjectLog, SubjectLogEntry } from './module/subject-log.entity';
import { Group, GroupMembership } from './people/group.entity';
import { Laboratory } from './people/laboratory.entity';
import { Membership } from './people/membership.entity';
import { AccessToken } from './people/access-token.entity';
import { User } from './people/user.entity';
import { Contributor } from './project/contributor.entity';
import { Project } from './project/project.entity';
import { Session } from './session/session.entity';
import { Subject } from './subject/subject.entity';
import { BehavioralCategory } from './vocabulary/behavioral-category.entity';
import { BrainRegion } from './vocabulary/brain-region.entity';
import { Journal, Publication } from './vocabulary/publication.entity';
import { SetupType } from './vocabulary/setup-type.entity';
import { Species, Strain } from './vocabulary/species.entity';
import { Supplier, HardwareDevice, Consumable } from './vocabulary/supplier.entity';
import { VisibilityChange } from './people/visibility-change.entity';
import { ExternalIdentity } from './people/external-identity.entity';
import { PublicTally } from './project/public-tally.entity';
import { ImportedObject } from './project/imported-object.entity';
import type { NodeName } from '../model/ids';
import { linkTables } from '../model/links';
import type { NodeClass } from '../model/node';

/** The model of every type: one that is missing stops the compiler here. Whoever needs the whole has it from here. */
const models = {
  Project,
  Contributor,
  Subject,
  Session,
  Collection,
  Cohort,
  Breeding,
  BreedingLogEntry,
  Epoch,
  Behavior,
  DataAcquisition,
  Manipulation,
  Procedure,
  ProcedureLog,
  ProcedureLogEntry,
  SubjectLog,
  SubjectLogEntry,
  BehavioralParadigm,
  Setup,
  Inventory,
  DataStorage,
  Equipment,
  DataStorageProtocol,
  ConsumableStock,
  Species,
  Strain,
  BrainRegion,
  SetupType,
  BehavioralCategory,
  Supplier,
  HardwareDevice,
  Consumable,
  Journal,
  Publication,
  User,
  Group,
  Laboratory,
  Membership,
  GroupMembership,
  AccessToken,
} satisfies Record<NodeName, NodeClass>;

/** What is stored of one object of a type, and the fields that lead from it. */
export type ModelOf<Name extends NodeName> = InstanceType<(typeof models)[Name]>;

/** Everything that has a table. */
export function entities(): (new () => object)[] {
  return [
    ...Object.values(models),
    ...linkTables().map(({ entity }) => entity),
    VisibilityChange,
    PublicTally,
    ImportedObject,
    ExternalIdentity,
  ];
}
