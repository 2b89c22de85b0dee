const longestDoi = 200;

/**
 * The bare DOI in a text such as `doi:10.1234/ABC` or `https://doi.org/10.1234/abc`, in lower case; else null. It may hold any
 * sign, as old ones of Wiley do (`…1:1<1::aid-x>3.0.co;2-6`), also as an address spells them.
 */
export function doiIn(text: string | null): string | null {
  const found = decoded(text ?? '').match(/\b10\.\d{4,9}\/[^\s"]+/);
  const doi = found === null ? null : withoutEnd(found[0]).toLowerCase();
  return doi !== null && doi.length <= longestDoi ? doi : null;
}

/** The same where the whole text is one DOI, in any of its spellings, and says nothing else. */
export function doiOf(text: string): string | null {
  const bare = text.trim().replace(/^(?:doi:\s*)?(?:https?:\/\/)?(?:(?:dx\.|www\.)?doi\.org\/)?/i, '');
  return /^10\.\d{4,9}\/\S+$/.test(decoded(bare)) ? doiIn(bare) : null;
}

/** The address of a DOI, every sign of it as an address may have it. */
export function doiAddress(doi: string): string {
  return `https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return text;
  }
}

/** Without what ends a sentence or a bracket that was opened before. */
function withoutEnd(text: string): string {
  const closesNothing = (open: string, close: string): boolean =>
    text.endsWith(close) && text.split(close).length > text.split(open).length;
  if (/[.,;:'”’\]]$/.test(text) || closesNothing('(', ')') || closesNothing('<', '>'))
    return withoutEnd(text.slice(0, -1));
  const from = text.lastIndexOf('<');
  // A mark-up tag after it is no part of it.
  return from >= 0 && !text.includes('>', from) ? withoutEnd(text.slice(0, from)) : text;
}
