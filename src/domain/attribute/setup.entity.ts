import { Field, ObjectType } from 'type-graphql';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { LongText, PublicFlag, Text, ValueList, WebAddress } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Behavior } from '../module/behavior.entity';
import { Membership } from '../people/membership.entity';
import { type Role, ViewerRole } from '../people/role';
import { VisibilityHistory } from '../people/history-field';
import { type VisibilityChange } from '../people/visibility-change.entity';
import { SetupType } from '../vocabulary/setup-type.entity';
import { Equipment } from './equipment.entity';

@ObjectType({ description: 'One measure or property of a setup, such as an arena diameter.', simpleResolvers: true })
export class Specification {
  @Field(() => String, { description: 'What is specified.' })
  name!: string;

  @Field(() => String, { description: 'Its value, as text.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'The unit of the value; null when it has none.' })
  unit!: string | null;
}

@NodeType(
  'A place where experiments are done, with its equipment. A personal attribute: shared on its own, never by a project.',
)
export class Setup extends Node {
  @Text(100, 'What the setup is called. Not unique.', { required: true })
  name!: string;

  @RefersTo(() => SetupType, 'The kind of setup; null where that is a proposal which is not approved yet.', {
    required: true,
    onDelete: 'NO ACTION',
  })
  setupTypeId!: string;

  @Text(100, 'Where it stands; null when not stated.')
  location!: string | null;

  @LongText('What it is, in Markdown; null when not written.')
  description!: string | null;

  @ValueList(() => Specification, 'Its measures and properties.')
  specifications!: Specification[];

  @WebAddress('A picture of it. Never public: null unless the viewer has a role on the setup, or when there is none.')
  image!: string | null;

  @ConnectionOf(() => Equipment, { by: 'setupId' }, 'What stands in it.')
  equipment!: Equipment[];

  @ConnectionOf(() => Behavior, { by: 'setupId' }, 'What was done in it, in sessions visible to the viewer.')
  behaviors!: Behavior[];

  @PublicFlag('Whether everybody can read it. Only publishing and revoking change it.')
  isPublic!: boolean;

  @ConnectionOf(
    () => Membership,
    { by: 'setupId', nullable: true },
    'Who has which role. Null unless the viewer has a role on it.',
  )
  members!: Membership[];

  @VisibilityHistory()
  visibilityHistory!: VisibilityChange[] | null;

  @ViewerRole()
  viewerRole!: Role | null;
}
