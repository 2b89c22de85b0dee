/**
 * How much a field holds at most where its model says nothing else. A bound is declared once, on the field: mutations and
 * imports keep to it, the database checks it, and the description of the field tells it.
 */
export const longestText = 100_000;
export const longestAddress = 2000;
export const mostWords = 100;
export const longestWord = 100;
/** Small values without an id, such as sources of funding. */
export const mostValues = 200;
/** The objects of a list of JSON objects. */
export const mostObjects = 1000;
/** What one JSON value comes to as the database writes it. */
export const mostJsonBytes = 256_000;
/** The objects that one write names in a list of them. The list itself has pages. */
export const mostNamed = 1000;

/** `At most 1,000.`, as descriptions end. */
export const atMost = (count: number, what = ''): string =>
  `At most ${count.toLocaleString('en-US')}${what && ` ${what}`}.`;

/** What the database checks of a column, by the kind of its values. */
export const boundOf = {
  text: (column: string, most: number) => `char_length(${column}) <= ${most}`,
  list: (column: string, most: number) => `cardinality(${column}) <= ${most}`,
  words: (column: string, most: number, longest: number) =>
    `cardinality(${column}) <= ${most} AND char_length(array_to_string(${column}, '')) <= ${most * longest}`,
  json: (column: string, bytes: number) => `octet_length(${column}::text) <= ${bytes}`,
  jsonList: (column: string, most: number, bytes: number) =>
    `octet_length(${column}::text) <= ${bytes} AND CASE WHEN jsonb_typeof(${column}) = 'array' THEN jsonb_array_length(${column}) <= ${most} ELSE TRUE END`,
};

/** How many invitations a viewer is shown, and how many that they have sent may be open at once. */
export const mostInvitations = 100;
