import { defineChoice } from '../../model/fields';
import { Computed } from '../../model/edges';

export type Role = 'MEMBER' | 'CONTRIBUTOR' | 'MANAGER' | 'OWNER';

/** From the least to the most; a role includes all before it. */
export const roles = defineChoice(
  'Role',
  'What a user may do with a project or a personal attribute, from least to most.',
  {
    MEMBER: 'Reads everything inside.',
    CONTRIBUTOR: 'Also creates, edits and deletes what is inside.',
    MANAGER: 'Also adds and removes members and contributors.',
    OWNER: 'Also edits its details, grants any role, publishes, revokes and deletes.',
  },
);

export type GroupRole = 'MEMBER' | 'MANAGER' | 'OWNER';

export const groupRoles = defineChoice('GroupRole', 'What a user may do in a group of users, from least to most.', {
  MEMBER: "Has the group's roles.",
  MANAGER: 'Also adds and removes members.',
  OWNER: 'Also edits and deletes the group.',
});

/** The field `viewerRole` of a project or personal attribute. */
export function ViewerRole(): PropertyDecorator {
  return Computed(() => roles.graphqlType, {
    nullable: true,
    description:
      "The viewer's own role here, directly or through a group; the highest counts. Null for anonymous viewers and for those without a role.",
  });
}
