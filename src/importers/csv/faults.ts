import { ImportError, ImportErrors } from '../import-error';
import { shorten } from '../lengths';
import type { Place } from '../report';

/** How many faults of one set are told. */
const mostFaults = 1000;

/** What is wrong with the cells of a set, told all at once by file, row and column. */
export class CellFaults {
  private readonly all: ImportError[] = [];

  /** `file` of the place is the name of the table. */
  add(place: Place, column: string, text: string | null, { what, remedy }: { what: string; remedy: string }): void {
    if (this.all.length >= mostFaults) return;
    const cell = text === null ? '' : ` ${JSON.stringify(shorten(text, 60))}`;
    this.all.push(new ImportError({ ...place, what: `column ${column}${cell}: ${what}`, remedy }));
  }

  throwIfAny(): void {
    const [first, ...others] = this.all;
    if (first) throw new ImportErrors([first, ...others]);
  }
}
