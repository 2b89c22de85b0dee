import type { Entry } from '../../tree/entry';
import { keyPart } from './keys';
import { keyOfTime, statedTime } from './times';

const withTimes = /^(?:session|stream|epoch|behavior|manipulation):/;
const timeInKey = /\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|z|[+-]\d\d(?::?\d\d)?)?/g;

/**
 * The key of a stored entry as it is spelled now. Keys once held times as each record wrote them, in its zone or without one, and rigs
 * in the letters of their documents.
 */
export function spelledNow(entry: Entry, stored: ReadonlyMap<string, Entry>): string {
  const { type, key } = entry;
  if (type === 'Setup') return key.replace(/^setup:(.*)$/s, (_, name: string) => `setup:${keyPart(name)}`);
  if (type === 'Equipment') return ofEquipment(entry);
  if (!withTimes.test(key)) return key;
  const ahead = aheadOf(type === 'Session' ? entry : stored.get(String(entry['session'])));
  return key.replace(timeInKey, (text) => {
    const time = statedTime(text);
    return time === null ? text : keyOfTime(time, ahead);
  });
}

function ofEquipment({ key, setup }: Entry): string {
  const rig = String(setup).replace(/^setup:/, '');
  const start = `equipment:${rig}/`;
  return key.startsWith(start) ? `equipment:${keyPart(rig)}/${key.slice(start.length)}` : key;
}

const quarterHour = 900_000;
const mostAhead = 14 * 3_600_000;

/** By how much the clock that a session's key shows without a zone is ahead of UTC, as far as when it started tells that; else null. */
function aheadOf(session: Entry | undefined): number | null {
  const time = statedTime(session?.key.match(timeInKey)?.[0] ?? '');
  const startedAt = session?.['startedAt'];
  if (time === null || time.instant !== null || typeof startedAt !== 'string') return null;
  const ahead = time.clock - Date.parse(startedAt);
  return Math.abs(ahead) <= mostAhead && ahead % quarterHour === 0 ? ahead : null;
}
