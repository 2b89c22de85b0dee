import type { Place } from './report';

/**
 * The different values that several files state for one thing, such as the sex of one subject, in the order met.
 * The first counts; the others are there to be reported.
 */
export class DistinctValues {
  private readonly places = new Map<string, Place>();

  /** Adds what one file says; null when it says nothing. */
  add(value: string | null, place: Place): void {
    if (value !== null && !this.places.has(value)) this.places.set(value, place);
  }

  /** The first value stated, or null when no file stated one. */
  get first(): string | null {
    return this.all[0] ?? null;
  }

  /** Every value that differs from the first, with the place where it was first stated. */
  get others(): { value: string; place: Place }[] {
    return [...this.places].slice(1).map(([value, place]) => ({ value, place }));
  }

  /** Every value stated, in the order met. */
  get all(): string[] {
    return [...this.places.keys()];
  }
}
