import { projectTypes, withinAttributes, wordTypes } from '../model/families';
import type { NodeName } from '../model/ids';

/**
 * The types that authors write. Accounts, groups, roles and tokens have mutations of their own; a subject or session is
 * in its projects by linking, which is no part of its own fields.
 */
export const writableTypes = [
  ...projectTypes,
  ...withinAttributes,
  ...wordTypes,
  'Laboratory',
] as const satisfies readonly NodeName[];

export type WritableType = (typeof writableTypes)[number];
