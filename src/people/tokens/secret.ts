import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What every token begins with, so that people and secret scanners know one when they see it. */
export const tokenPrefix = 'stemgraph_';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretLength = 40;
const checksumLength = 6;
const form = new RegExp(`^${tokenPrefix}[0-9A-Za-z]{${secretLength + checksumLength}}$`);

/** A new token: the prefix, 238 bits of chance, and a checksum. Shown once and stored only as its hash. */
export function newToken(): string {
  const secret = tokenPrefix + randomLetters(secretLength);
  return secret + checksum(secret);
}

/** Whether a text can be a token at all: a mistyped or cut one is told apart without asking the database. */
export function isTokenShaped(text: string): boolean {
  return form.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** What is stored in place of a token. Tokens are chance, not passwords: a fast hash cannot be guessed backwards. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Letters drawn evenly: bytes that would favour some of them are thrown away. */
function randomLetters(length: number): string {
  const largest = 256 - (256 % alphabet.length);
  let letters = '';
  while (letters.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < largest && letters.length < length) letters += alphabet[byte % alphabet.length];
    }
  }
  return letters;
}

function checksum(text: string): string {
  let rest = crc32(text);
  let letters = '';
  for (let place = 0; place < checksumLength; place += 1) {
    letters = alphabet[rest % alphabet.length]! + letters;
    rest = Math.floor(rest / alphabet.length);
  }
  return letters;
}
