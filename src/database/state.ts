/** The state in which PostgreSQL refused a statement, as five characters; undefined for any other error. */
export function stateOf(error: unknown): string | undefined {
  const state = (error as { code?: unknown } | undefined)?.code;
  return typeof state === 'string' ? state : undefined;
}
