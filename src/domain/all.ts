/** Every model, so that whoever needs the whole (the schema, the database, the loaders) has it. */
import './attribute/behavioral-paradigm.entity';
import './attribute/consumable-stock.entity';
import './attribute/data-storage.entity';
import './attribute/equipment.entity';
import './attribute/inventory.entity';
import './attribute/setup.entity';
import './cohort/cohort.entity';
import './collection/collection.entity';
import './module/behavior.entity';
import './module/data-acquisition.entity';
import './module/epoch.entity';
import './module/manipulation.entity';
import './module/module.links';
import './module/procedure-log.entity';
import './module/procedure.entity';
import './module/subject-log.entity';
import './people/group.entity';
import './people/laboratory.entity';
import './people/membership.entity';
import './people/access-token.entity';
import './people/user.entity';
import './project/contributor.entity';
import './project/project.entity';
import './project/project.links';
import './session/session.entity';
import './session/session.links';
import './subject/subject.entity';
import './vocabulary/behavioral-category.entity';
import './vocabulary/brain-region.entity';
import './vocabulary/publication.entity';
import './vocabulary/setup-type.entity';
import './vocabulary/species.entity';
import './vocabulary/supplier.entity';
import { ImportedObject } from './project/imported-object.entity';
import { ExternalIdentity } from './people/external-identity.entity';
import { VisibilityChange } from './people/visibility-change.entity';
import { linkTables } from '../model/links';
import { nodeClasses } from '../model/node';

/** Everything that has a table. */
export function entities(): (new () => object)[] {
  return [
    ...nodeClasses(),
    ...linkTables().map(({ entity }) => entity),
    VisibilityChange,
    ImportedObject,
    ExternalIdentity,
  ];
}
