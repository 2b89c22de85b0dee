/** Whether a text can be written out as an address, and is one of those that are stored: http, https or ftp. */
export function isWebAddress(text: string): boolean {
  return /^(https?|ftp):\/\/\S+$/.test(text) && URL.canParse(text);
}

/** An address in its one spelling, in which the graph writes it; what is none stays as it is, to be refused. */
export function normalAddress(text: string): string {
  const trimmed = text.trim();
  return isWebAddress(trimmed) ? new URL(trimmed).href : trimmed;
}
