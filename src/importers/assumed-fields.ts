import type { NodeName } from '../model/ids';
import { writableFields } from '../tree/writable';

/** What fields of closed lists hold in a new object of which the source does not state it: `UNKNOWN`, where there is that. */
export function assumedChoices(type: NodeName): Record<string, string> {
  const open = writableFields(type).filter(({ isRequired, choices }) => isRequired && choices.includes('UNKNOWN'));
  return Object.fromEntries(open.map(({ name }) => [name, 'UNKNOWN']));
}

/** What a set may leave out though it is required: it follows from other objects, or from the set itself. */
export const followsFromOthers: Readonly<Partial<Record<NodeName, readonly string[]>>> = {
  Project: ['name'],
  Subject: ['species'],
  Behavior: ['subjects'],
};
