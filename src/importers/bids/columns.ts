import { isRecord, type JsonRecord, readableText, textOf } from '../json';
import { numberOrText } from '../spelled-values';

const named = ['LongName', 'Description', 'Units', 'Unit', 'Levels'];

/** What the JSON file beside a table says about its columns: meanings of values, units, descriptions. */
export class Columns {
  /** `isUnread`: there is such a file, but nobody can say what is in it. */
  constructor(
    private readonly described: JsonRecord,
    readonly isUnread = false,
  ) {}

  /** The meaning of a value where the levels state one, in any case of letters; else null. */
  meaning(column: string, value: string): string | null {
    const levels = this.field(column, 'Levels');
    if (!isRecord(levels)) return null;
    const same = Object.keys(levels).find((level) => level.toLowerCase() === value.toLowerCase());
    const level = Object.hasOwn(levels, value) ? levels[value] : same === undefined ? null : levels[same];
    return isRecord(level) ? (textOf(level.Description) ?? textOf(level.LongName)) : textOf(level);
  }

  /** The unit of a column as stated; null where none is. (`Unit` is not BIDS, but met.) */
  unit(column: string): string | null {
    return textOf(this.field(column, 'Units')) ?? textOf(this.field(column, 'Unit'));
  }

  /** What is said of a column in words. */
  about(column: string): string {
    const texts = [textOf(this.field(column, 'LongName')), textOf(this.field(column, 'Description'))];
    return texts.filter((text) => text !== null).join(': ');
  }

  /** One line about a column: `weight: weight of the participant (kg)`; null where nothing is said. */
  private line(column: string): string | null {
    const said = this.about(column);
    const unit = this.unit(column);
    const levels = readableText(this.field(column, 'Levels'));
    const others = this.othersOf(column);
    const line = [said, unit === null ? '' : `(${unit})`, levels ?? '', others ?? '']
      .filter((text) => text !== '')
      .join(' ');
    return line === '' ? null : `${column}: ${line}`;
  }

  /** A value as extra fields keep it: a number, a text, or a code with its meaning: `R (right-handed)`. */
  kept(column: string, value: string): string | number {
    const meaning = this.meaning(column, value);
    if (meaning !== null && meaning.toLowerCase() !== value.toLowerCase()) return `${value} (${meaning})`;
    return numberOrText(value);
  }

  /** One line for each column that is described. */
  get lines(): string[] {
    return Object.keys(this.described).flatMap((column) => this.line(column) ?? []);
  }

  private othersOf(column: string): string | null {
    const described = this.described[column];
    if (!isRecord(described)) return readableText(described);
    return readableText(Object.fromEntries(Object.entries(described).filter(([key]) => !named.includes(key))));
  }

  private field(column: string, field: string): JsonRecord[string] {
    const same = (): string[] =>
      Object.keys(this.described).filter((key) => key.toLowerCase() === column.toLowerCase());
    const key = Object.hasOwn(this.described, column) ? column : same().find((_, __, all) => all.length === 1);
    const described = key === undefined ? null : this.described[key];
    return isRecord(described) ? (described[field] ?? null) : null;
  }
}
