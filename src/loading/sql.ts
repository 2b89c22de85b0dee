/** Collects the values of one statement; the same value twice, cast alike, is one parameter. */
export class Parameters {
  readonly values: unknown[] = [];
  private readonly places = new Map<string, Map<unknown, string>>();

  /** The placeholder for a value, such as `$2::uuid`. */
  add(value: unknown, cast: string): string {
    const places = this.places.get(cast) ?? new Map<unknown, string>();
    this.places.set(cast, places);
    const known = places.get(value);
    if (known) return known;
    this.values.push(value);
    const place = `$${this.values.length}::${cast}`;
    places.set(value, place);
    return place;
  }
}

/** A name as PostgreSQL quotes it. Only ever called with names from the code, never with input. */
export function quote(name: string): string {
  return `"${name}"`;
}
