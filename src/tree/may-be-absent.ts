import type { NodeName } from '../model/ids';

/** What an object cannot be created without and a tree may leave out: what deleting an attribute may have emptied. */
export const mayBeAbsentFromTree: Readonly<Partial<Record<NodeName, readonly string[]>>> = {
  Behavior: ['setup', 'behavioralParadigm'],
  Publication: ['authors'],
};
