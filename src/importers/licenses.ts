import currentLicenses from 'spdx-license-ids/index.json';
import formerLicenses from 'spdx-license-ids/deprecated.json';
import type { FieldsKeeper } from './extra-fields';
import type { Place, ReportWriter } from './report';

/** What licences are also called, as the BIDS specification and published sets do. `PD` (public domain) is no licence. */
const bySpelling = new Map<string, string>([
  ...[...formerLicenses, ...currentLicenses].map((identifier): [string, string] => [fold(identifier), identifier]),
  ['cc0', 'CC0-1.0'],
  ['pddl', 'PDDL-1.0'],
]);
const byAddress: [RegExp, string][] = [
  [/creativecommons\.org\/publicdomain\/zero\/1\.0/i, 'CC0-1.0'],
  [/creativecommons\.org\/licenses\/by\/4\.0/i, 'CC-BY-4.0'],
  [/opendatacommons\.org\/licenses\/pddl/i, 'PDDL-1.0'],
];

/** The SPDX identifier (https://spdx.org/licenses) of a licence by its name, or by the address in a text about it; else null. */
export function spdxOf(license: string): string | null {
  const named = bySpelling.get(fold(license.replace(/^spdx:/i, '')));
  return named ?? byAddress.find(([address]) => address.test(license))?.[1] ?? null;
}

function fold(license: string): string {
  return license.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** The licence of a project, by its SPDX identifier. What has none, or is written otherwise, stays in extraFields as it is stated. */
export function licenseOf(
  stated: string | null,
  { place, report, extraFields }: { place: Place; report: ReportWriter; extraFields: FieldsKeeper },
): string | null {
  if (stated === null) {
    report.add('NOT_UNDERSTOOD', 'the set states no licence', place);
    return null;
  }
  const identifier = spdxOf(stated);
  if (identifier === null) report.add('NOT_UNDERSTOOD', 'a licence without a known SPDX identifier', place, stated);
  else if (identifier !== stated.replace(/^spdx:/i, ''))
    report.add('DECIDED', `the licence is taken as ${identifier}`, place, stated);
  else return identifier;
  extraFields.keep('licenseAsStated', stated, place);
  return identifier;
}
