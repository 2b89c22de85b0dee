/** Why a request was not let in; the whole request is refused, never answered as if it were anonymous. */
export class BadCredentials extends Error {
  override readonly name = 'BadCredentials';
}
