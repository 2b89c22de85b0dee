import type { Json } from '../json';
import { type Call, pythonTime } from './python-time';

const constants: Readonly<Record<string, Json>> = {
  None: null,
  null: null,
  True: true,
  true: true,
  False: false,
  false: false,
};
const deepest = 50;

class NotPython extends Error {}

/**
 * The value that a text shows in the representation of Python: of a list, a dictionary, an object, a time. Undefined for any
 * other text. Nothing is run: objects are their named arguments, times are ISO 8601.
 */
export function pythonValue(text: string): Json | undefined {
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof NotPython) return undefined;
    throw error;
  }
}

/** What a text shows in Python's representation, where that is a list, an object or nothing; anything else as it is. */
export function whatShows(value: Json): Json {
  const shown = typeof value === 'string' ? pythonValue(value) : undefined;
  return shown !== undefined && typeof shown === 'object' ? shown : value;
}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  whole(): Json {
    // An object that is printed shows its arguments only: `name='Fiber photometry' abbreviation='fib'`.
    const isPrinted = /^\s*[A-Za-z_]\w*=/.test(this.text);
    const value = isPrinted ? this.arguments(() => this.isAtEnd()).named : this.value();
    if (!this.isAtEnd()) throw new NotPython();
    return value;
  }

  private value(): Json {
    this.depth += 1;
    if (this.depth > deepest) throw new NotPython();
    const value = this.one();
    this.depth -= 1;
    return value;
  }

  private one(): Json {
    if (this.take(/\[/)) return this.list(/\]/);
    if (this.take(/\(/)) return this.list(/\)/);
    if (this.take(/\{/)) return this.dictionary();
    const quote = this.take(/[rbu]?(['"])/i);
    if (quote) return this.quoted(quote[1]!);
    const number = this.take(/[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/);
    if (number) return Number(number[0]);
    const member = this.take(/<[\w.]+: /);
    if (member) return this.closed(this.value(), />/);
    return this.named();
  }

  private named(): Json {
    const name = this.take(/([A-Za-z_][\w.]*)/)?.[1];
    if (name === undefined) throw new NotPython();
    if (!this.take(/\(/)) {
      if (Object.hasOwn(constants, name)) return constants[name]!;
      return pythonTime(name, null) ?? this.fail();
    }
    const zone = name === 'TzInfo' ? this.take(/([^)]*)/)?.[1] : undefined;
    const call = zone === undefined ? this.arguments(() => this.ends(/\)/)) : { positional: [zone], named: {} };
    if (zone !== undefined) this.closed(null, /\)/);
    const time = pythonTime(name, call);
    if (time !== null) return time;
    const [first] = call.positional;
    return Object.keys(call.named).length === 0 && call.positional.length === 1 ? first! : call.named;
  }

  private list(end: RegExp): Json[] {
    const values: Json[] = [];
    while (!this.ends(end)) {
      values.push(this.value());
      this.separator(end);
    }
    return values;
  }

  /** A dictionary, or a set, which is a list of its values. */
  private dictionary(): Json {
    const entries: [string, Json][] = [];
    const values: Json[] = [];
    while (!this.ends(/\}/)) {
      const key = this.value();
      if (!this.take(/:/)) values.push(key);
      else if (key === null || typeof key === 'object') throw new NotPython();
      else entries.push([String(key), this.value()]);
      this.separator(/\}/);
    }
    if (values.length > 0 && entries.length > 0) throw new NotPython();
    return values.length > 0 ? values : Object.fromEntries(entries);
  }

  private arguments(isEnd: () => boolean): Call {
    const call: Call = { positional: [], named: {} };
    while (!isEnd()) {
      const name = this.take(/([A-Za-z_]\w*)=/)?.[1];
      if (name === undefined) call.positional.push(this.value());
      else Object.defineProperty(call.named, name, { value: this.value(), enumerable: true, configurable: true });
      this.take(/,/);
    }
    return call;
  }

  private quoted(quote: string): string {
    const form = quote === "'" ? /((?:[^'\\]|\\[^])*)'/y : /((?:[^"\\]|\\[^])*)"/y;
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (!found) throw new NotPython();
    this.at = form.lastIndex;
    return found[1]!.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|([^]))/gi, (_, byte, unit, plain: string | undefined) =>
      plain === undefined
        ? String.fromCharCode(parseInt(String(byte ?? unit), 16))
        : ({ n: '\n', t: '\t', r: '\r' }[plain] ?? plain),
    );
  }

  private separator(end: RegExp): void {
    if (this.take(/,/)) return;
    const here = this.at;
    if (!this.ends(end)) throw new NotPython();
    this.at = here;
  }

  private closed<T>(value: T, end: RegExp): T {
    return this.ends(end) ? value : this.fail();
  }

  private ends(end: RegExp): boolean {
    return this.take(end) !== null;
  }

  private isAtEnd(): boolean {
    return this.text.slice(this.at).trim() === '';
  }

  /** What matches here, after white space; it counts as read. */
  private take(form: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(`\\s*${form.source}`, `${form.flags}y`);
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (found) this.at = sticky.lastIndex;
    return found;
  }

  private fail(): never {
    throw new NotPython();
  }
}
