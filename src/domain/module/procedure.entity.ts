import { ConsumableStock } from '../attribute/consumable-stock.entity';
import { Equipment } from '../attribute/equipment.entity';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Instant, OptionalJsonObject, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Subject } from '../subject/subject.entity';
import { BrainRegion } from '../vocabulary/brain-region.entity';
import { CoordinateSystem, Details, ModuleTypeName, SchemaVersion } from './details';
import { procedureEquipment } from './module.links';
import { ProcedureLog } from './procedure-log.entity';

@NodeType('Something that was done to a subject, such as an implantation or an injection.')
export class Procedure extends Node {
  @RefersTo(() => Subject, 'The subject that it was done to.', { required: true, alwaysVisible: true })
  subjectId!: string;

  @ModuleTypeName('PROCEDURE')
  type!: string;

  @Instant('When it was done (UTC); null when not stated.')
  dateTime!: Date | null;

  @RefersTo(
    () => ConsumableStock,
    'The stock that was used up, such as a virus batch; null when none was or its inventory is not shared with the viewer.',
  )
  consumableStockId!: string | null;

  @ConnectionOf(
    () => Equipment,
    { through: () => procedureEquipment, few: true },
    'What it was done with, the equipment visible to the viewer.',
  )
  equipment!: Equipment[];

  @RefersTo(() => BrainRegion, 'Where in the brain; null when not stated or not approved yet.', {
    onDelete: 'NO ACTION',
  })
  brainRegionId!: string | null;

  @CoordinateSystem()
  coordinateSystem!: string | null;

  @OptionalJsonObject('The place, following the schema of `coordinateSystem`; null when not stated.')
  coordinates!: Record<string, unknown> | null;

  @Details()
  details!: Record<string, unknown>;

  @SchemaVersion()
  schemaVersion!: string;

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;

  @ConnectionOf(
    () => ProcedureLog,
    { by: 'procedureId', few: true },
    'What was noted about it afterwards, such as impedances.',
  )
  logs!: ProcedureLog[];
}
