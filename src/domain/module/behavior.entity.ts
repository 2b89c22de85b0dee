import { BehavioralParadigm } from '../attribute/behavioral-paradigm.entity';
import { Setup } from '../attribute/setup.entity';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Order, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Session } from '../session/session.entity';
import { Subject } from '../subject/subject.entity';
import { Epoch } from './epoch.entity';
import { behaviorSubjects } from './module.links';
import { WithinEpochOfItsSession } from './within-epoch';

@NodeType('What subjects did in a session: which task, in which setup.')
@WithinEpochOfItsSession()
export class Behavior extends Node {
  @RefersTo(() => Session, 'The session that it belongs to.', { required: true, alwaysVisible: true })
  sessionId!: string;

  @RefersTo(() => Epoch, 'The part of the session in which it took place; null when it spans the session.', {
    onDelete: 'covered',
  })
  epochId!: string | null;

  @ConnectionOf(
    () => Subject,
    { through: () => behaviorSubjects, few: true },
    'Who behaved, those visible to the viewer.',
  )
  subjects!: Subject[];

  @RefersTo(() => Setup, 'Where it took place; null when that setup is not shared with the viewer, or was deleted.')
  setupId!: string | null;

  @RefersTo(
    () => BehavioralParadigm,
    'The task; null when that paradigm is not shared with the viewer, or was deleted.',
  )
  behavioralParadigmId!: string | null;

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;

  @Order('The place among the behaviors of the session, from 0.')
  order!: number;
}
