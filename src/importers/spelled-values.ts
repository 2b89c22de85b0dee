import { durationOf, durationUnit, instantOfLocal, isAge, utcInstant } from './times';
import { webAddress } from './web-identifiers';

/**
 * What a text was understood as, with what was decided where it was not plain; or what is wrong with it, and what to write
 * instead.
 */
export type Reading<T> = { value: T; decided?: string } | { what: string; remedy: string };

/** The letters and digits of a text: `Birth date` and `birth_date` are spelled alike. */
export function plainSpelling(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The value of a closed list that a text spells, in any case and with any signs between its words. */
export function choiceIn<T extends string | number>(text: string, choices: readonly T[]): Reading<T> {
  const value = choices.find((one) => String(one) === text) ?? spelledAlike(text, choices);
  if (value !== undefined) return { value };
  return { what: 'This is no value of its list.', remedy: `Write one of: ${choices.join(', ')}.` };
}

function spelledAlike<T extends string | number>(text: string, choices: readonly T[]): T | undefined {
  const alike = choices.filter((one) => plainSpelling(String(one)) === plainSpelling(text));
  return alike.length === 1 ? alike[0] : undefined;
}

const decimalComma = 'a comma in a number is taken as the decimal sign';

/** A number; a comma is a decimal sign where it can be nothing else. */
export function numberIn(text: string): Reading<number> {
  const form = /^[-+−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?$/i;
  const isOpen = /^[-+−]?\d{1,3},\d{3}$/.test(text);
  const value = Number(text.replace('−', '-').replace(',', '.'));
  if (isOpen) return { what: 'Its comma may part thousands or decimals.', remedy: 'Write 1234 or 1.234.' };
  if (!form.test(text) || !Number.isFinite(value))
    return { what: 'This is no number.', remedy: 'Write a number such as 1.5, its unit in the column’s name.' };
  return text.includes(',') ? { value, decided: decimalComma } : { value };
}

/** The number that a text writes, where it gives back the same text: `007` and `1.10` stay texts. */
export function numberOrText(text: string): string | number {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && String(number) === text ? number : text;
}

export function wholeIn(text: string): Reading<number> {
  const reading = numberIn(text);
  if (!('value' in reading) || Number.isSafeInteger(reading.value)) return reading;
  return { what: 'This is no whole number.', remedy: 'Write a number such as 12.' };
}

/** An absolute address of the web, within the bound of its field: a shorter one would lead elsewhere. */
export function addressIn(text: string, longest: number | null): Reading<string> {
  const remedy = 'Write it as https://example.org/page.';
  if (webAddress(text) === null) return { what: 'This is no address of the web.', remedy };
  if (longest === null || text.length <= longest) return { value: text };
  return { what: `The address is longer than ${longest} characters.`, remedy };
}

const truths: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, y: true, '1': true },
  ...{ false: false, no: false, n: false, '0': false },
};

export function truthIn(text: string): Reading<boolean> {
  const value = Object.hasOwn(truths, text.toLowerCase()) ? truths[text.toLowerCase()] : undefined;
  return value === undefined ? { what: 'This is neither yes nor no.', remedy: 'Write yes or no.' } : { value };
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A calendar day as people and spreadsheets write it, where it can be no other; `2024-05-31` is what is meant. */
export function dayIn(text: string): Reading<string> {
  const remedy = 'Write it as 2024-05-31.';
  const found = partsOfDay(text.replace(/[ T]00:00(?::00(?:\.0+)?)?$/, ''));
  if (found === null) return { what: 'This is no date.', remedy };
  if (found === 'OPEN') return { what: 'Which number is the day, and which the month, cannot be told.', remedy };
  const [year, month, day] = found;
  const value = [String(year).padStart(4, '0'), ...[month, day].map((one) => String(one).padStart(2, '0'))].join('-');
  if (utcInstant(`${value}T00:00:00Z`) === null) return { what: 'There is no such day.', remedy };
  return text.startsWith(value) ? { value } : { value, decided: 'a date is written otherwise than 2024-05-31' };
}

function partsOfDay(text: string): [year: number, month: number, day: number] | 'OPEN' | null {
  const of = (form: RegExp): string[] | undefined => form.exec(text)?.slice(1);
  const yearFirst =
    of(/^(\d{4})-(\d{1,2})-(\d{1,2})$/) ?? of(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/) ?? of(/^(\d{4})(\d\d)(\d\d)$/);
  if (yearFirst) return [Number(yearFirst[0]), Number(yearFirst[1]), Number(yearFirst[2])];
  const dotted = of(/^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/);
  if (dotted) return [Number(dotted[2]), Number(dotted[1]), Number(dotted[0])];
  const named =
    of(/^(\d{1,2})[- ]([a-z]{3})[a-z]*\.?,?[- ](\d{4})$/i) ?? of(/^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i);
  if (named) {
    const [day, month] = /^\d/.test(named[0]!) ? [named[0], named[1]] : [named[1], named[0]];
    return [Number(named[2]), months.indexOf(month!.toLowerCase()) + 1, Number(day)];
  }
  const slashed = of(/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/)?.map(Number) as [number, number, number] | undefined;
  if (!slashed) return null;
  const [first, second, year] = slashed;
  if (first === second || first > 12) return [year, second, first];
  return second > 12 ? [year, first, second] : 'OPEN';
}

/** A moment in UTC; where a text names no zone, `timeZone` says where clocks showed it. A day alone is its beginning. */
export function momentIn(text: string, timeZone: string | null): Reading<string> & { isDay?: boolean } {
  const plain = utcInstant(text);
  if (plain !== null) return { value: plain };
  const [, date = '', time] = /^(.*?\d{4}\S*?|\d\S*?)(?:[ T]+(\d{1,2}:\d\d.*))?$/.exec(text) ?? [];
  const day = dayIn(date);
  if (!('value' in day)) return { what: 'This is no date and time.', remedy: 'Write it as 2024-05-31T09:30:00+02:00.' };
  if (time === undefined) return { value: `${day.value}T00:00:00.000Z`, isDay: true };
  const clock = timeOfDay(time);
  if (clock === null) return { what: 'There is no such time.', remedy: 'Write it as 2024-05-31T09:30:00+02:00.' };
  const decided = 'decided' in day ? { decided: day.decided } : {};
  const stated = utcInstant(`${day.value}T${clock}`);
  if (stated !== null) return { value: stated, ...decided };
  const local = timeZone === null ? null : instantOfLocal(`${day.value}T${clock}`, timeZone);
  if (local !== null) return { value: local, ...decided };
  const remedy = 'Say where the clocks were by --time-zone Europe/Zurich, or write 2024-05-31T09:30:00+02:00.';
  return timeZone === null
    ? { what: 'It states no time zone.', remedy }
    : { what: 'There is no such time.', remedy: 'Write it as 2024-05-31T09:30:00+02:00.' };
}

/** `9:30`, `09:30:00 PM` or `09:30:00+02:00` as ISO 8601 writes it. */
function timeOfDay(text: string): string | null {
  const [, hour, rest, half, zone = ''] =
    /^(\d{1,2})(:\d\d(?::\d\d(?:[.,]\d+)?)?)(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i.exec(text) ??
    [];
  if (hour === undefined || (half !== undefined && (Number(hour) < 1 || Number(hour) > 12))) return null;
  const shown = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${String(shown).padStart(2, '0')}${rest}${/^(?:utc|gmt)$/i.test(zone) ? 'Z' : zone}`;
}

/** An age as ISO 8601 writes it, or a number of a unit: `12 weeks` is `P12W`. `unit` is the one that a column is in. */
export function ageIn(text: string, unit: string | null = null): Reading<string> {
  if (isAge(text)) return { value: text };
  const plain = text.replace(/^(\d+),(\d{1,2})(?!\d)/, '$1.$2');
  const [, number = '', stated = ''] = /^([\d.]+(?:e[-+]?\d+)?)\s*([a-z]+)?\.?(?: old)?$/i.exec(plain) ?? [];
  const designator = stated === '' && unit === null ? null : durationUnit(stated === '' ? unit : stated);
  const value = designator === null ? null : durationOf(number, designator);
  if (value !== null) return plain === text ? { value } : { value, decided: decimalComma };
  const remedy = 'Write P90D, P12W/P14W or 12 weeks, or name the column age (weeks).';
  return { what: 'This is no age with a unit.', remedy };
}

const unitSpellings: Readonly<Record<string, readonly string[]>> = {
  s: ['sec', 'secs', 'second', 'seconds'],
  min: ['mins', 'minute', 'minutes'],
  h: ['hr', 'hrs', 'hour', 'hours'],
  '°': ['deg', 'degree', 'degrees'],
};

/** Which of some units a text means: in its own letters, `u` for `µ`, else in any case where only one can be meant. */
export function unitIn(text: string, units: readonly string[]): string | null {
  const letters = (unit: string): string => unit.normalize('NFKC').replaceAll('μ', 'u').replaceAll(' ', '');
  const exact = units.find((unit) => letters(unit) === letters(text));
  const lower = letters(text).toLowerCase();
  const alike = units.filter(
    (unit) => letters(unit).toLowerCase() === lower || unitSpellings[unit]?.includes(lower) === true,
  );
  return exact ?? (alike.length === 1 ? alike[0]! : null);
}

/** A number with its unit: `5 mW`, or `5` in a column whose name tells the unit. Where a type knows one unit, it is that. */
export function measureIn(
  text: string,
  units: readonly string[],
  ofColumn: string | null,
): Reading<{ value: number; unit: string }> {
  const [, number = text, stated = ''] = /^([-+−]?[\d.,]+(?:e[-+]?\d+)?)\s*(.*)$/i.exec(text) ?? [];
  const reading = numberIn(number);
  if (!('value' in reading)) return reading;
  const told = stated === '' ? ofColumn : stated;
  const unit = told === null ? (units.length === 1 ? units[0]! : null) : unitIn(told, units);
  const remedy = `Write 5 ${units[0]}, or the unit in the column’s name; it may be ${units.join(', ')}.`;
  if (unit === null)
    return { what: told === null ? 'It states no unit.' : `The unit ${told} is not known here.`, remedy };
  if (stated !== '' && ofColumn !== null && unitIn(ofColumn, units) !== unit)
    return { what: 'It states another unit than the column’s name.', remedy };
  return { ...reading, value: { value: reading.value, unit } };
}
