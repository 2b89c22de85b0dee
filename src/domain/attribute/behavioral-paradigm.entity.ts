import { ConnectionOf, RefersTo } from '../../model/edges';
import { LongText, PublicFlag, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Behavior } from '../module/behavior.entity';
import { Membership } from '../people/membership.entity';
import { type Role, ViewerRole } from '../people/role';
import { VisibilityHistory } from '../people/history-field';
import { type VisibilityChange } from '../people/visibility-change.entity';
import { BehavioralCategory } from '../vocabulary/behavioral-category.entity';
import { SetupType } from '../vocabulary/setup-type.entity';

@NodeType('A task or protocol that subjects follow. A personal attribute: shared on its own, never by a project.')
export class BehavioralParadigm extends Node {
  @Text(200, 'What the paradigm is called. Not unique.', { required: true })
  name!: string;

  @RefersTo(() => BehavioralCategory, 'The kind of behavior; null when not stated or not approved yet.', {
    field: 'category',
    onDelete: 'NO ACTION',
  })
  categoryId!: string | null;

  @RefersTo(
    () => SetupType,
    'The kind of setup that it needs; null where that is a proposal which is not approved yet.',
    {
      required: true,
      onDelete: 'NO ACTION',
    },
  )
  setupTypeId!: string;

  @LongText('How the task goes, in Markdown; null when not written.')
  description!: string | null;

  @PublicFlag('Whether everybody can read it. Only publishing and revoking change it.')
  isPublic!: boolean;

  @ConnectionOf(
    () => Behavior,
    { by: 'behavioralParadigmId' },
    'Where the paradigm was used, in sessions visible to the viewer.',
  )
  behaviors!: Behavior[];

  @ConnectionOf(
    () => Membership,
    { by: 'behavioralParadigmId', nullable: true },
    'Who has which role. Null unless the viewer has a role on it.',
  )
  members!: Membership[];

  @VisibilityHistory()
  visibilityHistory!: VisibilityChange[] | null;

  @ViewerRole()
  viewerRole!: Role | null;
}
