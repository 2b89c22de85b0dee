/** What may be an address: in any script, with `mailto:` before it. `git@` is how repositories are addressed. */
const candidate =
  /(?:mailto:)?(?<![\p{L}\p{N}._%+-])(?!git@)[\p{L}\p{N}][\p{L}\p{N}\p{M}._%+'-]*@((?:[\p{L}\p{N}\p{M}-]+\.)+\p{L}[\p{L}\p{M}-]+)/giu;

/** Domains whose name may be digits alone; elsewhere digits and dots are a version or a measure: `red@0.5.Hz`. */
const ofDigits = /^\d+\.(?:com|net|org|cn|de|fr)$/i;

const inItsPlace = '[e-mail address removed]';

/** A text without the e-mail addresses in it; `onFound` is told of each. Versions (`fmriprep@20.2.1`) are none. */
export function withoutAddresses(text: string, onFound: () => void): string {
  if (!text.includes('@')) return text;
  return text.replace(candidate, (found: string, domain: string) => {
    const name = domain.split('.').at(-2) ?? '';
    if (!/\p{L}/u.test(name) && !ofDigits.test(domain)) return found;
    onFound();
    return inItsPlace;
  });
}

/** A name without the place of an address that stood beside it: `Jo Muster ([…])`. */
export function withoutPlaceholder(name: string): string {
  const [before = '', ...after] = name.split(inItsPlace);
  return after.length === 0
    ? name
    : [before.replace(/[\s(<[]+$/, ''), ...after.map((text) => text.replace(/^[)>\]\s]+/, ''))].join(' ').trim();
}
