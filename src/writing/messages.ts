import { isWord } from '../model/families';
import type { NodeName } from '../model/ids';
import { type WritableType } from './writable-types';

/** Where an object lies that everybody sees, as replies say it. */
const surroundings: Partial<Record<NodeName, string>> = {
  Equipment: 'a public setup',
  ConsumableStock: 'a public inventory',
  DataStorageProtocol: 'a public data storage',
};

export function created(type: WritableType, isPublic: boolean): string {
  if (isWord(type)) return 'Proposed. Only you and administrators see it until an administrator approves it.';
  if (type === 'Laboratory')
    return 'Proposed. Only you, the members of its group and administrators see it until an administrator approves it.';
  return isPublic
    ? `Created. It is public from now on, since it is in ${surroundings[type] ?? 'a public project'}.`
    : 'Created. Only members see it.';
}

export function updated(isPublic: boolean, withholdsAddress: boolean): string {
  const saved = isPublic ? 'Saved. Everybody sees the change, since it is public.' : 'Saved. It is not public.';
  return withholdsAddress
    ? `${saved} The file's address stays with those who could read it in its storage, and with contributors: write another one to open it.`
    : saved;
}

export const unchanged = 'Nothing had to be changed: it is stored like this already.';
