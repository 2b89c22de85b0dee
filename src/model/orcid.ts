/** The bare ORCID iD in a text, if its form and its check digit are right; else null. */
export function orcidIn(text: string | null): string | null {
  const found = text?.match(/^(?:https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])\/?$/);
  const orcid = found?.[1]?.toUpperCase() ?? null;
  return orcid !== null && hasRightCheckDigit(orcid) ? orcid : null;
}

/** ISO 7064 MOD 11-2, as ORCID uses it. */
function hasRightCheckDigit(orcid: string): boolean {
  const digits = orcid.replaceAll('-', '');
  const total = [...digits.slice(0, -1)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const expected = (12 - (total % 11)) % 11;
  return digits.at(-1) === (expected === 10 ? 'X' : String(expected));
}
