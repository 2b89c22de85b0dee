import { badInput } from '../errors';

/** The value of an input object, as graphql-js has coerced it. */
export type Given = Readonly<Record<string, unknown>>;

/** What an input object holds, each with its place. A null is refused: it would ask for nothing where something was meant. */
export function entriesOf(given: Given, place: string): [name: string, value: unknown, place: string][] {
  return Object.entries(given).map(([name, value]) => {
    const at = `${place}.${name}`;
    if (value === null)
      throw badInput(
        `\`${at}\` is null, which asks for nothing: leave it out, or ask for what is null by \`isNull: true\`.`,
      );
    return [name, value, at];
  });
}
