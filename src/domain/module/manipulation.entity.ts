import { Equipment } from '../attribute/equipment.entity';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Order, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Session } from '../session/session.entity';
import { DetailsList, ModuleTypeName, SchemaVersion } from './details';
import { Epoch } from './epoch.entity';
import { manipulationEquipment, manipulationProcedures } from './module.links';
import { Procedure } from './procedure.entity';
import { WithinEpochOfItsSession } from './within-epoch';

@NodeType('One way in which subjects were manipulated during a session, such as optogenetic stimulation.')
@WithinEpochOfItsSession()
export class Manipulation extends Node {
  @RefersTo(() => Session, 'The session that it belongs to.', { required: true, alwaysVisible: true })
  sessionId!: string;

  @RefersTo(() => Epoch, 'The part of the session in which it took place; null when it spans the session.', {
    onDelete: 'covered',
  })
  epochId!: string | null;

  @ModuleTypeName('MANIPULATION')
  type!: string;

  @DetailsList()
  details!: Record<string, unknown>[];

  @SchemaVersion()
  schemaVersion!: string;

  @ConnectionOf(
    () => Procedure,
    { through: () => manipulationProcedures, few: true },
    'The procedures that made it possible, those visible to the viewer.',
  )
  procedures!: Procedure[];

  @ConnectionOf(
    () => Equipment,
    { through: () => manipulationEquipment, few: true },
    'What it was done with, the equipment visible to the viewer.',
  )
  equipment!: Equipment[];

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;

  @Order('The place among the manipulations of the session, from 0.')
  order!: number;
}
