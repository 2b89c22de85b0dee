import { ComputedConnection } from '../../model/edges';
import { VisibilityChange } from './visibility-change.entity';

/** The field `visibilityHistory` of whatever can be published. */
export function VisibilityHistory(): PropertyDecorator {
  return ComputedConnection(() => VisibilityChange, {
    nullable: true,
    description:
      'Every time that it was made public or private again, the newest first. Null unless the viewer is an owner.',
  });
}
