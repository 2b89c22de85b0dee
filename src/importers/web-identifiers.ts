/** The address as stated, if it is an absolute http, https or ftp one; else null. */
export function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  return ['http:', 'https:', 'ftp:'].includes(new URL(text).protocol) ? text : null;
}

/** The host of an address without `www.`; null when it is no address. */
export function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : null;
}

const longestDoi = 200;

/** The bare DOI in a text such as `doi:10.1234/ABC` or `https://doi.org/10.1234/abc`, in lower case; else null. */
export function doiIn(text: string | null): string | null {
  const found = text?.match(/\b10\.\d{4,9}\/[^\s"<>]+/);
  const doi = found?.[0].replace(/[.,;)]+$/, '').toLowerCase() ?? null;
  return doi !== null && doi.length <= longestDoi ? doi : null;
}
