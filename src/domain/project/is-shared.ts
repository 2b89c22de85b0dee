import { Computed } from '../../model/edges';

/** The field `isShared` of what may be in several projects. */
export function IsShared(): PropertyDecorator {
  return Computed(() => Boolean, {
    nullable: true,
    description:
      'Whether it is also in a project that is hidden from the viewer, whose owners can publish it too; in which, or how many, ' +
      'is not told. Null unless the viewer is an owner of one of its projects.',
  });
}
