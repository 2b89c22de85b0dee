import { ConnectionOf } from '../../model/edges';
import { LongText, PublicFlag, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Membership } from '../people/membership.entity';
import { type Role, ViewerRole } from '../people/role';
import { VisibilityHistory } from '../people/history-field';
import { type VisibilityChange } from '../people/visibility-change.entity';
import { ConsumableStock } from './consumable-stock.entity';

@NodeType('A store of consumables, such as a freezer. A personal attribute: shared on its own, never by a project.')
export class Inventory extends Node {
  @Text(100, 'What the inventory is called. Not unique.', { required: true })
  name!: string;

  @Text(100, 'Where it is; null when not stated.')
  location!: string | null;

  @LongText('What it holds, in Markdown; null when not written.')
  description!: string | null;

  @PublicFlag('Whether everybody can read it. Only publishing and revoking change it.')
  isPublic!: boolean;

  @ConnectionOf(() => ConsumableStock, { by: 'inventoryId' }, 'What it holds.')
  consumableStocks!: ConsumableStock[];

  @ConnectionOf(
    () => Membership,
    { by: 'inventoryId', nullable: true },
    'Who has which role. Null unless the viewer has a role on it.',
  )
  members!: Membership[];

  @VisibilityHistory()
  visibilityHistory!: VisibilityChange[] | null;

  @ViewerRole()
  viewerRole!: Role | null;
}
