import { ConnectionOf, RefersTo } from '../../model/edges';
import { WebAddress } from '../../model/fields';
import { NodeType } from '../../model/node';
import {
  Approvable,
  Description,
  type ExternalIdentifier,
  ExternalIdentifiers,
  Name,
  NamedElsewhere,
  Proposal,
  Rrid,
  Synonyms,
} from './proposal';

@NodeType('A company or centre that supplies animals, devices or consumables.')
@Approvable(['name'])
@NamedElsewhere('supplier')
export class Supplier extends Proposal {
  @Name()
  name!: string;

  @Synonyms()
  synonyms!: string[];

  @Description()
  description!: string | null;

  @WebAddress('Its web site; null when not stated.')
  website!: string | null;

  @Rrid()
  rrid!: string | null;

  @ExternalIdentifiers()
  externalIdentifiers!: ExternalIdentifier[];

  @ConnectionOf(
    () => HardwareDevice,
    { by: 'supplierId' },
    'Devices that it supplies, those approved or proposed by the viewer.',
  )
  hardwareDevices!: HardwareDevice[];

  @ConnectionOf(
    () => Consumable,
    { by: 'supplierId' },
    'Consumables that it supplies, those approved or proposed by the viewer.',
  )
  consumables!: Consumable[];
}

const suppliedBy = 'Who supplies it; null where that is a proposal which is not approved yet.';

@NodeType('A commercial device, such as a headstage.')
@Approvable(['name'])
@NamedElsewhere('hardware_device')
export class HardwareDevice extends Proposal {
  @Name()
  name!: string;

  @Synonyms()
  synonyms!: string[];

  @RefersTo(() => Supplier, suppliedBy, { required: true, onDelete: 'NO ACTION' })
  supplierId!: string;

  @Description()
  description!: string | null;

  @WebAddress("The product's page; null when not stated.")
  website!: string | null;

  @Rrid()
  rrid!: string | null;

  @ExternalIdentifiers()
  externalIdentifiers!: ExternalIdentifier[];
}

@NodeType('A commercial consumable, such as a virus or a probe.')
@Approvable(['name'])
@NamedElsewhere('consumable')
export class Consumable extends Proposal {
  @Name()
  name!: string;

  @Synonyms()
  synonyms!: string[];

  @RefersTo(() => Supplier, suppliedBy, { required: true, onDelete: 'NO ACTION' })
  supplierId!: string;

  @Description()
  description!: string | null;

  @WebAddress("The product's page; null when not stated.")
  website!: string | null;

  @Rrid()
  rrid!: string | null;

  @ExternalIdentifiers()
  externalIdentifiers!: ExternalIdentifier[];
}
