import type { NodeName } from '../model/ids';

/**
 * What an object cannot be created without and may be empty in a tree: what deleting an attribute, a subject or an
 * unapproved term may have emptied.
 */
export const mayBeEmptyInTree: Readonly<Partial<Record<NodeName, readonly string[]>>> = {
  Behavior: ['subjects', 'setup', 'behavioralParadigm'],
  Publication: ['authors'],
};
