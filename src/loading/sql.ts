/** Collects the values of one statement; the same value twice, cast alike, is one parameter. */
export class Parameters {
  private readonly values: unknown[] = [];
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

  /**
   * The statement with its values. A condition may have been found to hold for everybody after a part of it had asked for
   * a value: values that the text does not mention are left out, since PostgreSQL could not tell their type.
   */
  bind(text: string): { text: string; values: unknown[] } {
    const values: unknown[] = [];
    const numbers = new Map<string, number>();
    const bound = text.replace(/\$(\d+)::/g, (_place, number: string) => {
      const known = numbers.get(number) ?? values.push(this.values[Number(number) - 1]);
      numbers.set(number, known);
      return `$${known}::`;
    });
    return { text: bound, values };
  }
}

/** A name as PostgreSQL quotes it. Only ever called with names from the code, never with input. */
export function quote(name: string): string {
  return `"${name}"`;
}

/** Something that runs one statement: a transaction, or the snapshot of a request. */
export interface Runner {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Runs a statement with the parameters that it mentions. */
export async function runBound<T = unknown>(runner: Runner, parameters: Parameters, statement: string): Promise<T[]> {
  const { text, values } = parameters.bind(statement);
  return (await runner.query(text, values)) as T[];
}
