/**
 * SPDX identifiers (https://spdx.org/licenses) of the licences that the BIDS specification names and of those met in
 * published sets. `PD` (public domain) has none: it is no licence.
 */
const identifiers = [
  ...['CC0-1.0', 'PDDL-1.0', 'CC-BY-4.0', 'CC-BY-3.0', 'CC-BY-SA-4.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0'],
  ...['CC-BY-ND-4.0', 'CC-BY-NC-ND-4.0', 'ODbL-1.0', 'ODC-By-1.0', 'MIT', 'BSD-3-Clause', 'Apache-2.0'],
];
const bySpelling = new Map<string, string>([
  ...identifiers.map((identifier): [string, string] => [fold(identifier), identifier]),
  ['cc0', 'CC0-1.0'],
  ['pddl', 'PDDL-1.0'],
]);
const byAddress: [RegExp, string][] = [
  [/creativecommons\.org\/publicdomain\/zero\/1\.0/i, 'CC0-1.0'],
  [/creativecommons\.org\/licenses\/by\/4\.0/i, 'CC-BY-4.0'],
  [/opendatacommons\.org\/licenses\/pddl/i, 'PDDL-1.0'],
];

/** The SPDX identifier of a licence by its name, or by the address in a text about it; null where neither is known. */
export function spdxOf(license: string): string | null {
  const named = bySpelling.get(fold(license));
  return named ?? byAddress.find(([address]) => address.test(license))?.[1] ?? null;
}

function fold(license: string): string {
  return license.toLowerCase().replace(/[\s_.-]+/g, '');
}
