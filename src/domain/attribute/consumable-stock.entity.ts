import { Check } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Day, defineChoice, OneOf, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Details, ModuleTypeName, SchemaVersion } from '../module/details';
import { Procedure } from '../module/procedure.entity';
import { Consumable } from '../vocabulary/supplier.entity';
import { Inventory } from './inventory.entity';

const stockStatuses = defineChoice('StockStatus', 'Whether a stock can be used.', {
  AVAILABLE: 'Can be used.',
  RESERVED: 'Kept for something.',
  DEPLETED: 'Used up.',
});

@NodeType('A batch of a consumable in an inventory, such as a vial of virus.')
@Check('consumable_stock_expires_after_acquired', '"acquired_on" <= "expires_on"')
export class ConsumableStock extends Node {
  @RefersTo(() => Inventory, 'The inventory that holds it.', { required: true, alwaysVisible: true })
  inventoryId!: string;

  @RefersTo(() => Consumable, 'What it is a batch of; null where that is a proposal which is not approved yet.', {
    required: true,
    onDelete: 'NO ACTION',
  })
  consumableId!: string;

  @ModuleTypeName('CONSUMABLE_STOCK')
  type!: string;

  @Details()
  details!: Record<string, unknown>;

  @SchemaVersion()
  schemaVersion!: string;

  @Day('The day on which it was acquired; null when not stated.')
  acquiredOn!: string | null;

  @Day('The day on which it expires, not before `acquiredOn`; null when not stated.')
  expiresOn!: string | null;

  @OneOf(stockStatuses, 'Whether it can be used.', { required: true, defaultValue: 'AVAILABLE' })
  status!: string;

  @Text(100, 'Where in the inventory it lies; null when not stated.')
  storageLocation!: string | null;

  @Text(100, 'How it has to be kept; null when not stated.')
  storageConditions!: string | null;

  @Text(100, 'What it is meant for; null when not stated.')
  intendedUse!: string | null;

  @Text(100, 'What it cost, with the currency; null when not stated.')
  cost!: string | null;

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;

  @ConnectionOf(
    () => Procedure,
    { by: 'consumableStockId' },
    'The procedures that used it, those visible to the viewer.',
  )
  procedures!: Procedure[];
}
