import type { Entry } from '../../../src/tree/entry';

const inOneForm = (text: string): string =>
  text
    .replace(/\\+[nrt]|\s+/g, ' ')
    .replace(/\\+(["\\/])/g, '$1')
    .normalize('NFC')
    .trim();

/** The words and numbers of a text. */
export const partsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');

/** Letters and digits alone, in small letters: `Auditory stimulation` and `AuditoryStimulation` are one code. */
const codeOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** What an export holds, to look values up in: whole texts, the numbers in them, and texts inside of texts. */
export class Found {
  private readonly whole = new Set<string>();
  private readonly parts = new Set<string>();
  private readonly codes = new Set<string>();
  private readonly numbers = new Set<number>();
  private readonly all: string;
  private readonly known = new Map<string | number, boolean>();
  /** When sessions began. */
  readonly starts: number[];

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) this.add(entry);
    this.all = [...this.whole].join('\n');
    for (const part of partsOf(this.all)) this.parts.add(part);
    for (const text of this.whole) this.codes.add(codeOf(text));
    for (const [number] of this.all.matchAll(/(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi)) this.numbers.add(Number(number));
    const starts = entries.map(({ startedAt }) => startedAt).filter((start) => typeof start === 'string');
    this.starts = [...new Set(starts)].map((start) => Date.parse(start));
  }

  has(value: string | number): boolean {
    const known = this.known.get(value) ?? (typeof value === 'number' ? this.hasNumber(value) : this.hasText(value));
    this.known.set(value, known);
    return known;
  }

  /** In any sign: a number may stand behind a dash, as in `10-12`. */
  hasNumber(value: number): boolean {
    return this.numbers.has(Math.abs(value));
  }

  hasText(value: string): boolean {
    const text = inOneForm(value);
    if (this.whole.has(text)) return true;
    return partsOf(text).every((part) => this.parts.has(part)) && this.all.includes(text);
  }

  /** Whether a whole value is the same code in another spelling. */
  hasCode(text: string): boolean {
    return this.codes.has(codeOf(text));
  }

  private add(value: unknown): void {
    if (typeof value === 'string') this.whole.add(inOneForm(value));
    else if (typeof value === 'number') this.numbers.add(Math.abs(value));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        this.whole.add(key);
        this.add(inner);
      }
    }
  }
}
