/** The claim that lets its bearer publish. */
export interface PublishClaim {
  name: string;
  /** What it has to be, or hold; undefined: it has to be there. */
  value?: string;
}

/** Whose tokens are taken, and what has to be in them. */
export interface OidcConfig {
  /** The provider, in exactly the letters in which its tokens name it. */
  issuer: string;
  /** What stands for this server in the tokens' `aud`. */
  audience: string;
  /** Where its keys are; undefined: where its discovery document says. */
  keysUrl?: string | undefined;
  /** Undefined: its tokens never publish. */
  publishClaim?: PublishClaim | undefined;
  /** In seconds. */
  clockSkew: number;
}

/** Keys that come without encryption could be anybody's, except from this very machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
