import type { Place, ReportWriter } from './report';

/** Keys start with a letter and hold letters, digits and `_`; values are strings or finite numbers. */
export type ExtraFields = Record<string, string | number>;

/**
 * Collects the extra fields of one entry: facts that the source states and no field is meant for. Keys are brought
 * into the form that extra fields allow, nothing kept is overwritten by something else, and the report counts it all.
 */
export class ExtraFieldsWriter {
  private readonly fields = new Map<string, string | number>();

  /** `owner` says in the report whose extra fields these are: `project`, `session`, … */
  constructor(
    private readonly report: ReportWriter,
    private readonly owner: string,
  ) {}

  /**
   * Keeps a value under a name; a different value under a name that is taken gets the next number (`age2`). Gives the key
   * that it stands under, null when there was nothing to keep.
   */
  keep(name: string, value: string | number | null, place: Place): string | null {
    if (value === null || value === '') return null;
    const kept = typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    const base = extraFieldKey(name);
    let key = base;
    for (let number = 2; this.fields.has(key) && this.fields.get(key) !== kept; number += 1) key = `${base}${number}`;
    this.fields.set(key, kept);
    this.report.add('KEPT_ASIDE', `${this.owner} ${base}`, place, String(kept));
    return key;
  }

  /** The fields kept so far, as a plain object. */
  finish(): ExtraFields {
    return Object.fromEntries(this.fields);
  }
}

/** A key that extra fields allow: starts with a letter and holds letters, digits and `_`. */
function extraFieldKey(name: string): string {
  const key = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^[^A-Za-z]+/, '');
  return key === '' ? 'field' : key;
}
