import { isCleanLine } from './texts';

const longestDoi = 200;

/**
 * The bare DOI in a text such as `doi:10.1234/ABC` or `https://doi.org/10.1234/abc`, in lower case; else null. It may hold any
 * sign, as old ones of Wiley do (`…1:1<1::aid-x>3.0.co;2-6`), also as an address spells them. In the address of a publisher it ends
 * where that goes on: `https://www.biorxiv.org/content/10.1101/2020.01.02.123456v1.full`.
 */
export function doiIn(text: string | null): string | null {
  const whole = decoded(text ?? '');
  const found = /\b10\.\d{4,9}\/[^\s"]+?(?=\]\(|[\s"]|$)/.exec(whole);
  if (found === null) return null;
  const [before = null] = /\b(?:https?|ftp):\/\/[^\s"<>]*$/i.exec(whole.slice(0, found.index)) ?? [];
  const stated = withoutEnd(found[0]);
  const doi = (before === null ? stated : withinAddress(stated, before)).toLowerCase();
  return doi.length <= longestDoi && isCleanLine(doi) ? doi : null;
}

const isOfResolver = (address: string): boolean => /^[a-z]+:\/\/(?:dx\.|www\.)?doi\.org\//i.test(address);

/** What publishers write behind a DOI in their addresses: which version, and which view of it. */
const versions = /(\d{4,})v\d+(?:[./].*)?$/i;
const views =
  /[/.](?:abs|abstract|download|e?pdf|figures|full|full-?text|html?|long|meta|metrics|pdfft|png|references|short|summary|suppl[a-z_-]*|svg|xml)(?:[/.+].*)?$/i;
/** The number of the article, and perhaps its title, on one platform of several publishers. */
const titled = /\/\d{4,}\/[^/]*$/;
const numbered = /\/\d{4,}$/;
const anyDoi = /^10\.\d{4,9}\/\S/;
const longDoi = /\/\S+\/[^/]*[a-z][^/]*$/i;

/** What a link to the resolver says beyond the DOI: a place within the paper, and where the reader came from. */
const beyond = /#\w+$|[?&](?:utm_\w+|via|ref|src)=.*$/i;

/** A DOI without what its address says beyond it; `before` is the address up to it. */
function withinAddress(stated: string, before: string): string {
  if (isOfResolver(before)) return stated.replace(beyond, '');
  const inQuery = before.includes('?');
  const path = stated.replace(inQuery ? /[&#].*$/ : /[?#].*$|;jsessionid=.*$/i, '');
  const plain = [versions, views].reduce((doi, tail) => without(doi, tail, anyDoi), path);
  const isNumbered = /\/(?:advance-)?article[a-z-]*\/doi\/$/i.test(before);
  const own = isNumbered ? without(without(plain, titled, anyDoi), numbered, longDoi) : plain;
  return own.replace(/[/.]+$/, '');
}

/** A DOI without such a tail, where what is left still has the form of one. */
function without(doi: string, tail: RegExp, form: RegExp): string {
  const left = doi.replace(tail, (_, kept?: unknown) => (typeof kept === 'string' ? kept : ''));
  return form.test(left) ? left : doi;
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

/** A text as it is without escapes of addresses, of escapes too: so what is decoded once is the same when it is read again. */
function decoded(text: string): string {
  try {
    const plain = decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    return plain === text ? text : decoded(plain);
  } catch {
    return text;
  }
}

/** Without what ends a sentence or a bracket that was opened before. */
function withoutEnd(text: string): string {
  const closesNothing = (open: string, close: string): boolean =>
    text.endsWith(close) && text.split(close).length > text.split(open).length;
  if (/[.,;:/'”’\]]$/.test(text) || closesNothing('(', ')') || closesNothing('<', '>'))
    return withoutEnd(text.slice(0, -1));
  const from = text.lastIndexOf('<');
  // A mark-up tag after it is no part of it.
  return from >= 0 && !text.includes('>', from) ? withoutEnd(text.slice(0, from)) : text;
}
