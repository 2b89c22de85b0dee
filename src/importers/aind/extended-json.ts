import { isRecord, type Json } from '../json';

const numbers = ['$numberLong', '$numberInt', '$numberDouble', '$numberDecimal'];

/**
 * A value without the wrappings in which a document store exports numbers, times and identifiers: `{"$numberLong": "12"}` is 12,
 * `{"$date": …}` an ISO 8601 time, `{"$oid": …}` its text. A number that a number here cannot hold stays a text.
 */
export function unwrapped(value: Json): Json {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isRecord(value)) return value;
  const [[key, inner] = ['', null], ...others] = Object.entries(value);
  if (others.length === 0 && key.startsWith('$')) {
    const plain = unwrapped(inner);
    if (numbers.includes(key)) return numberOf(plain);
    if (key === '$date') return typeof plain === 'number' ? new Date(plain).toISOString() : plain;
    if (key === '$oid') return plain;
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unwrapped(one)]));
}

function numberOf(text: Json): Json {
  const number = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number)) ? number : text;
}
