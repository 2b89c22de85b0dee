/** Every model, so that whoever needs the whole (the schema, the database, the loaders) has it. */
import '../domain/attribute/behavioral-paradigm.entity';
import '../domain/attribute/consumable-stock.entity';
import '../domain/attribute/data-storage.entity';
import '../domain/attribute/equipment.entity';
import '../domain/attribute/inventory.entity';
import '../domain/attribute/setup.entity';
import '../domain/cohort/cohort.entity';
import '../domain/collection/collection.entity';
import '../domain/module/behavior.entity';
import '../domain/module/data-acquisition.entity';
import '../domain/module/epoch.entity';
import '../domain/module/manipulation.entity';
import '../domain/module/module.links';
import '../domain/module/procedure-log.entity';
import '../domain/module/procedure.entity';
import '../domain/module/subject-log.entity';
import '../domain/people/group.entity';
import '../domain/people/laboratory.entity';
import '../domain/people/membership.entity';
import '../domain/people/access-token.entity';
import '../domain/people/user.entity';
import '../domain/project/contributor.entity';
import '../domain/project/project.entity';
import '../domain/project/project.links';
import '../domain/session/session.entity';
import '../domain/session/session.links';
import '../domain/subject/subject.entity';
import '../domain/vocabulary/behavioral-category.entity';
import '../domain/vocabulary/brain-region.entity';
import '../domain/vocabulary/publication.entity';
import '../domain/vocabulary/setup-type.entity';
import '../domain/vocabulary/species.entity';
import '../domain/vocabulary/supplier.entity';
import { ImportedObject } from '../domain/project/imported-object.entity';
import { ExternalIdentity } from '../domain/people/external-identity.entity';
import { VisibilityChange } from '../domain/people/visibility-change.entity';
import { linkTables } from './links';
import { nodeClasses } from './node';

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
