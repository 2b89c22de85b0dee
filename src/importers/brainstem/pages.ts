import { ImportError } from '../import-error';
import { isRecord, type JsonRecord, numberOf, textOf } from '../json';
import type { Kind } from './kinds';
import type { SavedAnswer } from './source-files';

interface Listed {
  kind: Kind;
  /** How many the list says that there are; null where it does not say. */
  count: number | null;
  answer: SavedAnswer;
  hasLast: boolean;
}

/** What lists say about how long they are. A page that is missing would be taken for objects that are not there. */
export class Pages {
  private readonly lists = new Map<string, Listed>();

  note(kind: Kind, answered: JsonRecord, answer: SavedAnswer): void {
    const meta = isRecord(answered.meta) ? answered.meta : {};
    const count = numberOf(answered.count) ?? numberOf(meta.total_results) ?? numberOf(meta.count);
    const isLast = textOf(answered.next) === null && textOf(meta.next) === null;
    const name = JSON.stringify(kind);
    const known = this.lists.get(name);
    const counts = [known?.count, count].filter((one) => one !== null && one !== undefined);
    this.lists.set(name, {
      ...{ kind, answer: known?.answer ?? answer, hasLast: isLast || known?.hasLast === true },
      count: counts.length === 0 ? null : Math.max(...counts),
    });
  }

  /** Throws an ImportError for a list that says it has more than is here. */
  refuseMissing(countOf: (kind: Kind) => number): void {
    for (const { kind, count, answer, hasLast } of this.lists.values()) {
      const here = countOf(kind);
      if (!Number.isFinite(here) || (count === null ? hasLast : here >= count)) continue;
      const what =
        count === null ? 'Another page follows, which is not here.' : `The list counts ${count}; ${here} are here.`;
      const remedy = 'Save its other pages beside it: ?limit=100&offset=100, 200, …';
      throw new ImportError({ file: answer.path, what, remedy });
    }
  }
}
