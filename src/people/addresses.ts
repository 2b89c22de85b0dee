import { badInput } from '../errors';

const longest = 320;
const form = /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;]+$/u;

/** An e-mail address in the one spelling in which addresses are stored and compared. Throws BAD_USER_INPUT. */
export function readAddress(text: string): string {
  const address = normalizeAddress(text);
  if (address.length > longest || !form.test(address))
    throw badInput('`email` has to be one e-mail address, such as `ada@example.org`.');
  return address;
}

/**
 * The one spelling of an address. Of other alphabets than ASCII nothing is folded: two mailboxes that a mail server tells
 * apart must not become one here.
 */
export function normalizeAddress(text: string): string {
  return text
    .trim()
    .normalize('NFC')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
