import { RefersTo } from '../../model/edges';
import { Day, OptionalJsonObject, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { CoordinateSystem, Details, ModuleTypeName, SchemaVersion } from '../module/details';
import { Consumable, HardwareDevice } from '../vocabulary/supplier.entity';
import { Setup } from './setup.entity';

@NodeType('A device in a setup.')
export class Equipment extends Node {
  @RefersTo(() => Setup, 'The setup in which it stands.', { required: true, alwaysVisible: true })
  setupId!: string;

  @Text(100, 'What the laboratory calls it.', { required: true })
  name!: string;

  @ModuleTypeName('EQUIPMENT')
  type!: string;

  @Day('The day on which it was installed; null when not stated.')
  installedAt!: string | null;

  @RefersTo(() => HardwareDevice, 'The commercial product; null when not stated or not approved yet.', {
    onDelete: 'NO ACTION',
  })
  hardwareDeviceId!: string | null;

  @RefersTo(() => Consumable, 'The consumable that it takes; null when not stated or not approved yet.', {
    onDelete: 'NO ACTION',
  })
  consumableId!: string | null;

  @CoordinateSystem()
  coordinateSystem!: string | null;

  @OptionalJsonObject('Its place in the setup, following the schema of `coordinateSystem`; null when not stated.')
  coordinates!: Record<string, unknown> | null;

  @Details()
  details!: Record<string, unknown>;

  @SchemaVersion()
  schemaVersion!: string;

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;
}
