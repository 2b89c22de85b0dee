import { daysOfUnit, isDurationOrRange } from '../model/durations';

/**
 * The instant that an ISO 8601 time with an offset names, in UTC to the millisecond; null for anything that does not
 * name one instant: a bare date, a time without an offset, the 30th of February. Offsets may have minutes, and seconds
 * as local mean time has them. Finer fractions are cut off.
 */
export function utcInstant(text: string): string | null {
  const form =
    /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)$/;
  const parts = text.match(form);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = new Date(0);
  local.setUTCFullYear(year!, month! - 1, day);
  local.setUTCHours(hour!, minute, second, milliseconds);
  const stated = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6] ?? '00'}`;
  if (!local.toISOString().startsWith(stated)) return null;
  return new Date(local.getTime() - offsetMilliseconds(parts[8]!)).toISOString();
}

function offsetMilliseconds(offset: string): number {
  if (/z/i.test(offset)) return 0;
  const [hours, minutes, seconds] = [1, 3, 5].map((start) =>
    Number(offset.replaceAll(':', '').slice(start, start + 2)),
  );
  const size = ((hours! * 60 + minutes!) * 60 + seconds!) * 1000;
  return offset.startsWith('-') ? -size : size;
}

/** Whether a text is an ISO 8601 duration, or a range of two of which one may be open: `P90D`, `P3M/P6M`, `P12W/`, not reversed. */
export function isAge(text: string): boolean {
  if (!isDurationOrRange(text)) return false;
  const [from = '', to = ''] = text.split('/');
  return from === '' || to === '' || daysIn(from) <= daysIn(to);
}

/** About how many days a duration has: enough to tell which of two is longer. */
function daysIn(duration: string): number {
  const [date = '', time = ''] = duration.slice(1).split('T');
  const sum = (text: string, minutes: boolean): number =>
    [...text.matchAll(/(\d+(?:[.,]\d+)?)([YMWDHS])/g)].reduce((days, [, number, unit]) => {
      const size = minutes && unit === 'M' ? 1 / 1440 : daysOfUnit[unit!]!;
      return days + Number(number!.replace(',', '.')) * size;
    }, 0);
  return sum(date, false) + sum(time, true);
}

/** A day of zeros, Python's first day, the day that its parsers assume. */
const maskedDay = /^(?:0000(?:-00-00)?|0001-01-01|1900-01-01)(?!\d)/;
const midnight = /^(?:[Tt ]00:00(?::00(?:\.0+)?)?(?:Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;
/** Nothing by a name, and the first second that computers count. */
const masks = [
  /^(?:|-+|n\/?a|nan|nat|nil|none|null|undefined|unknown)$/i,
  /^1970-01-01[Tt ]00:00(?::00(?:\.0+)?)?(?:Z|z|\+00:?00)?$/,
];

/** Whether the day in a text is one that programs write where they know none. A time of that day may be true. */
export function hasMaskedDay(text: string): boolean {
  return maskedDay.test(text.trim());
}

/** Whether a text stands where a time would, and says that there is none: `NaT`, `0000-00-00T00:00:00`. */
export function isMaskedTime(stated: string): boolean {
  const text = stated.trim();
  return masks.some((mask) => mask.test(text)) || (hasMaskedDay(text) && midnight.test(text.replace(maskedDay, '')));
}

/** Whether a name is one of the IANA time zones, such as `Europe/Zurich`. */
export function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The instant at which clocks in a time zone show a local time such as `2021-08-31T11:12:50`; null for what is none. */
export function instantOfLocal(text: string, timeZone: string): string | null {
  const shown = utcInstant(`${text}Z`);
  if (shown === null) return null;
  const clock = Date.parse(shown);
  const first = clock - aheadOfUtc(clock, timeZone);
  return new Date(clock - aheadOfUtc(first, timeZone)).toISOString();
}

/** By how many milliseconds clocks in a time zone are ahead of UTC at an instant. */
function aheadOfUtc(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  // The Swedish form is that of ISO 8601.
  const shown = new Date(whole).toLocaleString('sv', { timeZone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - whole;
}

const durationUnits: [RegExp, string][] = [
  [/^(?:y|yr|yrs|years?)$/i, 'Y'],
  [/^(?:mo|mos|months?)$/i, 'M'],
  [/^(?:w|wk|wks|weeks?)$/i, 'W'],
  [/^(?:d|days?)$/i, 'D'],
];

/** The ISO 8601 letter of a unit of age; null for one not known, and for none. */
export function durationUnit(unit: string | null): string | null {
  return unit === null ? null : (durationUnits.find(([form]) => form.test(unit))?.[1] ?? null);
}

/** A number of units as a duration: 34 years are `P34Y`; null where it is no plain number. */
export function durationOf(number: string, designator: string): string | null {
  if (!/^\d{1,6}(?:\.\d{1,6})?(?:e[+-]?\d)?$/i.test(number)) return null;
  return `P${Number(number)}${designator}`;
}
