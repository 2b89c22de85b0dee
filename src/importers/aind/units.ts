import type { Facts } from './facts';

/** A number with its unit, as the details of a module hold it. */
export interface Quantity {
  value: number;
  unit: string;
}

/** Spellings of units that AIND's versions use, and the signs that the module types have for them. */
const signs = new Map(
  Object.entries({
    meter: 'm',
    centimeter: 'cm',
    millimeter: 'mm',
    micrometer: 'µm',
    nanometer: 'nm',
    um: 'µm',
    mm: 'mm',
    nm: 'nm',
    liter: 'L',
    milliliter: 'mL',
    microliter: 'µL',
    nanoliter: 'nL',
    picoliter: 'pL',
    hour: 'h',
    minute: 'min',
    minutes: 'min',
    second: 's',
    seconds: 's',
    millisecond: 'ms',
    microsecond: 'µs',
    day: 'days',
    degree: '°',
    degrees: '°',
    watt: 'W',
    milliwatt: 'mW',
    microwatt: 'µW',
    'powerunit.uw': 'µW',
    'powerunit.mw': 'mW',
    hertz: 'Hz',
    kilohertz: 'kHz',
    megahertz: 'MHz',
    volt: 'V',
    millivolt: 'mV',
    microvolt: 'µV',
    tesla: 'T',
    t: 'T',
    'mg/ml': 'mg/mL',
    'gc/ml': 'vg/mL',
    'vg/ml': 'vg/mL',
    kilogram: 'kg',
    gram: 'g',
    milligram: 'mg',
    'microliter/second': 'µL/s',
  }),
);

/** The sign of a unit; null for a spelling that is not known. */
export function unitSign(spelling: string | null): string | null {
  return spelling === null ? null : (signs.get(spelling.trim().toLowerCase()) ?? null);
}

/**
 * A number and its unit, read together, if the unit is one of those that the details may have. Otherwise both stay
 * unread, to be kept aside as they are stated; an unknown spelling is reported.
 */
export function quantity(facts: Facts, key: string, allowed: string[], unitKey = `${key}_unit`): Quantity | null {
  if (!facts.has(key)) return null;
  const sign = signOfField(facts, unitKey, allowed);
  const numbers = sign === null ? null : facts.numbers(key);
  if (sign === null || numbers === null || numbers.length !== 1) return null;
  facts.skip(unitKey);
  return { value: numbers[0]!, unit: sign };
}

/** The sign of the unit in a field, if it is one that is allowed; reported if it is stated and not. */
export function signOfField(facts: Facts, unitKey: string, allowed: string[]): string | null {
  const stated = facts.peek(unitKey);
  const sign = typeof stated === 'string' ? unitSign(stated) : null;
  if (sign !== null && allowed.includes(sign)) return sign;
  const what =
    stated === null ? 'a number has no unit: it stays as it is' : 'a unit has no place here: it stays as it is';
  facts.report.add('NOT_UNDERSTOOD', `${unitKey.replace(/_unit$/, '')}: ${what}`, facts.place, JSON.stringify(stated));
  return null;
}

export const lengths = ['m', 'cm', 'mm', 'µm', 'nm'];
export const coordinateLengths = ['nm', 'µm', 'mm', 'm'];
export const durations = ['s', 'ms', 'µs', 'min', 'h'];
export const powers = ['W', 'mW', 'µW'];
export const frequencies = ['GHz', 'MHz', 'kHz', 'Hz'];
