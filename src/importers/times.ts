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

const duration = '(?=P(?:\\d|T\\d))P(?:N Y)?(?:N M)?(?:N W)?(?:N D)?(?:T(?=\\d)(?:N H)?(?:N M)?(?:N S)?)?'.replaceAll(
  'N ',
  '\\d+(?:[.,]\\d+)?',
);
const ageForm = new RegExp(`^(?:${duration}|${duration}/${duration}|${duration}/|/${duration})$`);

/** Whether a text is an ISO 8601 duration, or a range of two of which one may be open: `P90D`, `P3M/P6M`, `P12W/`. */
export function isAge(text: string): boolean {
  return ageForm.test(text);
}
