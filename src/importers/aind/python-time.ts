import type { Json, JsonRecord } from '../json';

/** A call as Python shows an object: `Person(name='Ada Keel')`, `datetime.date(2023, 5, 4)`. */
export interface Call {
  positional: Json[];
  named: JsonRecord;
}

const pad = (part: number, length = 2): string => String(part).padStart(length, '0');

/**
 * What a name or a call of Python's `datetime` shows, as ISO 8601: a day, a time, the offset of a zone; of a span of time its
 * seconds. Null for any other.
 */
export function pythonTime(name: string, call: Call | null): Json {
  const kind = name.replace(/^.*\./, '');
  if (call === null) return kind === 'utc' || kind === 'UTC' ? '+00:00' : null;
  if (kind === 'date') return dayOf(call);
  if (kind === 'datetime') return timeOf(call);
  if (kind === 'timedelta') return secondsOf(call);
  if (kind === 'timezone' || kind === 'TzInfo') return offsetOf(call.positional[0]);
  return null;
}

function numbersOf({ positional, named }: Call, names: readonly string[]): number[] | null {
  const found = names.map((name, at) => positional[at] ?? named[name] ?? 0);
  return found.every((part): part is number => typeof part === 'number') ? found : null;
}

function dayOf(call: Call): string | null {
  const parts = numbersOf(call, ['year', 'month', 'day']);
  return parts && `${pad(parts[0]!, 4)}-${pad(parts[1]!)}-${pad(parts[2]!)}`;
}

function timeOf(call: Call): string | null {
  const parts = numbersOf(call, ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond']);
  const zone = call.named['tzinfo'] ?? call.positional[7] ?? '';
  if (parts === null || typeof zone !== 'string') return null;
  const fraction = parts[6] === 0 ? '' : `.${pad(parts[6]!, 6)}`;
  return `${dayOf(call)}T${pad(parts[3]!)}:${pad(parts[4]!)}:${pad(parts[5]!)}${fraction}${zone}`;
}

function secondsOf(call: Call): number | null {
  const parts = numbersOf(call, ['days', 'seconds', 'microseconds']);
  const further = numbersOf({ positional: [], named: call.named }, ['hours', 'minutes']);
  return parts && further && parts[0]! * 86_400 + parts[1]! + parts[2]! / 1e6 + further[0]! * 3600 + further[1]! * 60;
}

function offsetOf(zone: Json | undefined): string | null {
  if (typeof zone === 'string') return zone === 'UTC' ? '+00:00' : /^[-+]\d\d:\d\d$/.test(zone) ? zone : null;
  if (typeof zone !== 'number') return null;
  const minutes = Math.abs(Math.round(zone / 60));
  return `${zone < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
