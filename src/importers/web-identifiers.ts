export { doiAddress, doiIn } from '../model/doi';

/** The address as stated, if it is an absolute http, https or ftp one; else null. */
export function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  return ['http:', 'https:', 'ftp:'].includes(new URL(text).protocol) ? text : null;
}

/** The host of an address without `www.`; null when it is no address. */
export function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : null;
}
