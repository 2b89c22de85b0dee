import { isOneOf, isTerm, withinAttributes } from '../model/families';
import { inWords } from '../model/names';
import { nameOf } from '../model/node';
import { shapeOf, type WritableType } from './shape';

/** What an object lies in that everybody sees, as replies say it: the personal attribute, else a project. */
function surroundings(type: WritableType): string {
  const { parent } = shapeOf(type);
  const within = parent && isOneOf(withinAttributes, type) ? nameOf(parent.target()) : 'Project';
  return `a public ${inWords(within)}`;
}

export function created(type: WritableType, isPublic: boolean): string {
  if (isTerm(type)) return 'Proposed. Only you and administrators see it until an administrator approves it.';
  if (type === 'Laboratory')
    return 'Proposed. Only you, the members of its group and administrators see it until an administrator approves it.';
  return isPublic
    ? `Created. It is public from now on, since it is in ${surroundings(type)}.`
    : 'Created. Only members see it.';
}

export function updated(isPublic: boolean, withholdsAddress: boolean): string {
  const saved = isPublic ? 'Saved. Everybody sees the change, since it is public.' : 'Saved. It is not public.';
  return withholdsAddress
    ? `${saved} The file's address stays with those who could read it in its storage, and with contributors: write another one to open it.`
    : saved;
}

export const unchanged = 'Nothing had to be changed: it is stored like this already.';
