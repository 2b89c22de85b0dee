import { isTerm, termTypes, withinAttributes } from '../../model/families';
import { types, type NodeName } from '../../model/types';

/** What is searched: each object of these types has a document. */
export const searchedTypes: readonly NodeName[] = [
  ...(['Project', 'Subject', 'Session', 'Collection', 'Cohort'] as const),
  ...(['Procedure', 'Behavior', 'DataAcquisition', 'Manipulation'] as const),
  // Who sees a protocol is a matter of its own, of flag and role at once.
  ...withinAttributes.filter((type) => type !== 'DataStorageProtocol'),
  ...termTypes,
];

/** Terms that others refer to: a search for one finds what refers to it. */
export const expandedTypes: readonly NodeName[] = termTypes.filter((type) => type !== 'Publication');

/** How the types are stored: documents of one group lie together, and each has an index of its own. */
export const groups: readonly (readonly NodeName[])[] = [
  ['Subject'],
  ['Session'],
  ['Procedure'],
  ['Behavior', 'DataAcquisition', 'Manipulation'],
  searchedTypes.filter(
    (type) => types[type].family !== 'project' || types[type].rights === 'owned' || isGathered(type),
  ),
];

function isGathered(type: NodeName): boolean {
  return type === 'Collection' || type === 'Cohort';
}

/** Whether a suggestion may be drawn from the names of a type, as far as they are public. */
export const isSuggested = (type: NodeName): boolean => isTerm(type) || type === 'Project';
