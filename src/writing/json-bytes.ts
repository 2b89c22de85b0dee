/**
 * How many bytes a JSON value takes as PostgreSQL writes a `jsonb`: with a space after each `,` and `:`, and every digit of
 * a number. Stops counting beyond `enough`. Without recursion: a value may be nested deep.
 */
export function jsonBytes(value: unknown, enough = Infinity): number {
  let bytes = 0;
  const left: unknown[] = [value];
  while (left.length > 0 && bytes <= enough) {
    const one = left.pop();
    if (typeof one === 'string') bytes += textBytes(one);
    else if (typeof one === 'number') bytes += digits(one);
    else if (Array.isArray(one)) {
      bytes += 2 + 2 * Math.max(0, one.length - 1);
      for (const part of one as unknown[]) left.push(part);
    } else if (typeof one === 'object' && one !== null) {
      const parts = Object.entries(one).filter(([, part]) => part !== undefined);
      bytes += 2 + 2 * Math.max(0, parts.length - 1);
      for (const [key, part] of parts) {
        bytes += textBytes(key) + 2;
        left.push(part);
      }
    } else bytes += String(one).length;
  }
  return bytes;
}

const textBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** JavaScript writes `1e+21` and `5e-7`; the database writes them out. */
function digits(number: number): number {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(JSON.stringify(number)) ?? [];
  if (exponent === undefined) return JSON.stringify(number).length;
  const power = Number(exponent);
  const written = whole.length + fraction.length;
  return sign.length + (power > 0 ? Math.max(written, power + 1) : written + 1 - power);
}
