import { Check, Unique } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Decimal, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Session } from '../session/session.entity';
import { Behavior } from './behavior.entity';
import { DataAcquisition } from './data-acquisition.entity';
import { Manipulation } from './manipulation.entity';

@NodeType('A named part of a session, such as a baseline or a task block.')
@Check('epoch_end_after_start', '"end" >= "start"')
@Unique(['id', 'sessionId'])
export class Epoch extends Node {
  @RefersTo(() => Session, 'The session that it is a part of.', { required: true, alwaysVisible: true })
  sessionId!: string;

  @Text(100, 'What the part is called.', { required: true })
  name!: string;

  @Decimal('When it begins, in seconds from the onset of the session; null when not stated.')
  start!: number | null;

  @Decimal('When it ends, in seconds from the onset of the session, not before `start`; null when not stated.')
  end!: number | null;

  @ConnectionOf(() => Behavior, { by: 'epochId', orderBy: ['order'] }, 'What subjects did in it.')
  behaviors!: Behavior[];

  @ConnectionOf(() => DataAcquisition, { by: 'epochId', orderBy: ['order'] }, 'What was recorded in it.')
  dataAcquisitions!: DataAcquisition[];

  @ConnectionOf(() => Manipulation, { by: 'epochId', orderBy: ['order'] }, 'How subjects were manipulated in it.')
  manipulations!: Manipulation[];
}
