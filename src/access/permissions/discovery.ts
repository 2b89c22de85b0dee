import type { Permissions } from '../permission';
import { open } from './kinds';

/** What is made of counts: only what the viewer sees, and reads, is counted, which is decided as they are made. */
export const discoveryPermissions: Permissions = {
  Count: open('count precision'),
  Facet: open('by values others missing'),
  FacetValue: open('value label node count precision'),
  GroupedCounts: open('groups total others isComplete'),
  GroupedCount: open('keys count precision'),
  GroupedKey: open('by value label node'),
};
