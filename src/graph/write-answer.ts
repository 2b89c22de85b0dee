import type { Budget } from '../budget/budget';

interface Frame {
  /** Undefined for a list. */
  keys: readonly string[] | undefined;
  values: Record<string, unknown> | readonly unknown[];
  length: number;
  at: number;
}

/** How many characters, and how many values, are written before others get a turn and the bytes are counted. */
const pieceLength = 64 * 1024;
const pieceValues = 4000;

/**
 * Writes an answer as JSON, piece by piece: the bytes are counted before the memory for more is taken, and others get
 * their turn in between.
 */
export class AnswerWriter {
  private readonly pieces: string[] = [];
  private piece = '';
  private values = 0;
  /** Where in the answer it is. */
  private readonly frames: Frame[] = [];
  /** The bytes of long texts and JSON values, by the path of their fields. */
  private readonly long = new Map<string, { path: string[]; length: number }>();

  /** @param nameOf which field of the schema stands at a path of the answer */
  constructor(
    private readonly budget: Budget,
    private readonly nameOf: (path: readonly string[]) => string | undefined,
  ) {}

  get text(): string {
    return this.pieces.join('') + this.piece;
  }

  /** Writes text that is JSON already. */
  raw(text: string): void {
    this.piece += text;
  }

  /** Writes one value; false once the answer is too long, or the request is over. */
  async value(value: unknown): Promise<boolean> {
    if (!this.open(value)) return false;
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      if (frame.at === frame.length) {
        this.piece += frame.keys ? '}' : ']';
        this.frames.pop();
        continue;
      }
      if (!this.next(frame)) return false;
      if (this.piece.length < pieceLength && this.values < pieceValues) continue;
      const work = this.values + this.piece.length / 100;
      if (!this.flush()) return false;
      await this.budget.lane.pass(work);
    }
    return this.flush();
  }

  private next(frame: Frame): boolean {
    const { keys, values, at } = frame;
    frame.at += 1;
    if (at > 0) this.piece += ',';
    if (!keys) return this.open((values as readonly unknown[])[at]);
    const key = keys[at]!;
    this.piece += `"${key}":`; // a name of GraphQL, in which nothing has to be escaped
    return this.open((values as Record<string, unknown>)[key]);
  }

  /** Writes a plain value, or the beginning of one that is made of others. */
  private open(value: unknown): boolean {
    this.values += 1;
    if (typeof value === 'string') return this.leaf(value, value.length);
    if (typeof value !== 'object' || value === null) return this.leaf(value, 0);
    if (Array.isArray(value)) {
      this.piece += '[';
      this.frames.push({ keys: undefined, values: value as unknown[], length: value.length, at: 0 });
      return true;
    }
    // The executor makes its objects without a prototype; any other is the value of a scalar.
    if (Object.getPrototypeOf(value) !== null) return this.leaf(value, 0);
    const keys = Object.keys(value);
    this.piece += '{';
    this.frames.push({ keys, values: value as Record<string, unknown>, length: keys.length, at: 0 });
    return true;
  }

  private leaf(value: unknown, length: number): boolean {
    if (length > pieceLength && !this.flush(length)) return false;
    const text = JSON.stringify(value) ?? 'null';
    if (text.length > longValue) this.note(text.length);
    this.piece += text;
    return true;
  }

  /** Counts what is written; false when it, and so much more to come, is too much. */
  private flush(coming = 0): boolean {
    this.pieces.push(this.piece);
    const bytes = Buffer.byteLength(this.piece);
    this.piece = '';
    this.values = 0;
    return this.budget.write(bytes, coming, () => this.longest());
  }

  /** The field that holds most of the answer, where single values of it are long. */
  private longest(): string | undefined {
    const [first, ...rest] = this.long.values();
    return first && this.nameOf(rest.reduce((most, one) => (one.length > most.length ? one : most), first).path);
  }

  private note(length: number): void {
    const path = this.frames.flatMap(({ keys, at }) => (keys ? [keys[at - 1]!] : []));
    const key = path.join('.');
    const known = this.long.get(key) ?? { path, length: 0 };
    this.long.set(key, known);
    known.length += length;
  }
}

const longValue = 1000;
