/**
 * Everything that can be wrong with one value of an input, in `extensions.errors[].code`. Stable: clients may rely on
 * them.
 */
export const faultCodes = {
  REQUIRED: 'It has to be given, and may not be cleared.',
  UNKNOWN_FIELD: 'There is no such field to write.',
  NOT_WRITABLE: 'Only publishing, linking or the server itself changes it.',
  WRONG_TYPE: 'It is of another type: text, number, list, object.',
  TOO_LONG: 'The text or list is longer than it may be.',
  OUT_OF_RANGE: 'The number or date is outside what can be.',
  NOT_ALLOWED: 'It is none of the values that are allowed.',
  WRONG_FORMAT: 'The text is not written as it has to be.',
  UNCLEAN_TEXT: 'The text holds characters that cannot be seen, or that turn the direction of others.',
  NOT_FOUND: 'There is no such object that the writer can see.',
  DISAGREES: 'It does not agree with another value.',
  DUPLICATE: 'It is there twice, or another object has it already.',
  INVALID_DETAILS: 'It does not follow the JSON Schema of its type.',
} as const;

export type FaultCode = keyof typeof faultCodes;

/** One thing that is wrong with an input. Its message never quotes what is stored. */
export interface Fault {
  /** From the input on, such as `['details', 'power', 'value']`. */
  path: readonly (string | number)[];
  code: FaultCode;
  /** What is wrong and what to do. */
  message: string;
}

/** Faults by other names of the fields that they are in, in their paths and in what they say. */
export function renamed(faults: readonly Fault[], names: ReadonlyMap<string, string>): Fault[] {
  return faults.map(({ path: [first, ...rest], code, message }) => ({
    path: first === undefined ? [] : [names.get(first as string) ?? first, ...rest],
    code,
    message: message.replace(/`(\w+)`/g, (quoted, name: string) =>
      names.has(name) ? `\`${names.get(name)}\`` : quoted,
    ),
  }));
}

/** What class-validator found, as clients are told; the context is what the constraint was declared with. */
export function faultOf(path: Fault['path'], message: string, context: unknown): Fault {
  const code = (context as { code: FaultCode } | undefined)?.code ?? 'UNKNOWN_FIELD';
  return { path, code, message: code === 'UNKNOWN_FIELD' ? 'There is no such field to write.' : message };
}
