import { type JsonRecord, namesOf, readableText, recordsOf, textOf } from '../json';
import { fit, maximumLength } from '../lengths';
import { orcidIn } from '../../model/orcid';
import { webAddress } from '../web-identifiers';
import type { ProjectContext } from '../related-resources';

/**
 * DANDI's role names (the CRediT and DataCite roles) that have a counterpart. ProjectAdministration is CRediT's name for
 * managing and coordinating. Without one: FundingAcquisition, Other, ProjectMember, Researcher, Resources, Software,
 * Sponsor, Validation, Visualization.
 */
const roles = new Map([
  ['Author', 'AUTHOR'],
  ['Conceptualization', 'CONCEPTUALIZER'],
  ['ContactPerson', 'CONTACT_PERSON'],
  ['DataCollector', 'DATA_COLLECTOR'],
  ['DataCurator', 'DATA_CURATOR'],
  ['DataManager', 'DATA_MANAGER'],
  ['FormalAnalysis', 'FORMAL_ANALYZER'],
  ['Funder', 'FUNDER'],
  ['Investigation', 'INVESTIGATOR'],
  ['Maintainer', 'MAINTAINER'],
  ['Methodology', 'METHOD_DEVELOPER'],
  ['Producer', 'PRODUCER'],
  ['ProjectAdministration', 'PROJECT_MANAGER'],
  ['ProjectLeader', 'PROJECT_LEADER'],
  ['ProjectManager', 'PROJECT_MANAGER'],
  ['Supervision', 'SUPERVISOR'],
]);

/** Where texts stay whole that are too long for a credit. */
const inDetails = 'extraFields.contributorDetails';

const paying = ['Funder', 'Sponsor'];
const mapped = [
  'schemaKey',
  'name',
  'roleName',
  'identifier',
  'affiliation',
  'awardNumber',
  'url',
  'includeInCitation',
];

/**
 * Maps the set's contributors to credits, and those that pay to funding: one entry an award. Somebody listed twice (by
 * ORCID, else by name) becomes one credit with all roles. What a credit has no field for is kept line by line in
 * `extraFields.contributorDetails`.
 */
export function mapContributors(records: JsonRecord[], context: ProjectContext): Funding[] {
  const funding = new Map<string, Funding>();
  const details: string[] = [];
  for (const record of records) {
    if (!putContributor(record, context)) continue;
    const grant = mapFunding(record, context);
    if (grant) funding.set(JSON.stringify(grant), grant);
    details.push(...detailsOf(record, context));
  }
  context.extraFields.keep('contributorDetails', [...new Set(details)].join('\n'), context.place);
  return [...funding.values()];
}

/** A source of funding. */
interface Funding {
  funder: string;
  awardNumber: string | null;
  /** The funder's ROR address, where the source gives one. */
  identifier: string | null;
  url: string | null;
}

function putContributor(record: JsonRecord, context: ProjectContext): boolean {
  const { place, report, tree } = context;
  const name = textOf(record.name);
  if (name === null) {
    report.add('NOT_IMPORTED', 'a contributor without a name', place, JSON.stringify(record));
    return false;
  }
  const orcid = orcidIn(textOf(record.identifier));
  const affiliation = namesOf(record.affiliation).join('; ');
  const known = roleNames(record).flatMap((role) => roles.get(role) ?? []);
  if (roleNames(record).length === 0)
    report.add('DECIDED', 'a contributor without a role is credited without one', place, name);
  const byName = `contributor:name:${name.toLowerCase()}`;
  const byOrcid = orcid === null ? null : `contributor:orcid:${orcid}`;
  const first = byOrcid === null ? undefined : tree.get(byOrcid);
  const isSomebodyElse = first !== undefined && familyName(String(first.name)) !== familyName(name);
  if (isSomebodyElse) {
    const message = 'two people state one ORCID iD: each is credited, without it';
    report.add('NOT_UNDERSTOOD', message, place, `${orcid}: ${String(first.name)}, ${name}`);
    delete first.orcid;
  }
  const key = isSomebodyElse ? byName : (byOrcid ?? byName);
  const isAgain = tree.has(key);
  if (isAgain) report.add('DECIDED', 'a contributor who is listed more than once is one credit', place, name);
  const fields = {
    name: fit(name, 'contributorName', { ...context, extraFields: inDetails }),
    roles: [...new Set(known)],
    orcid: isSomebodyElse ? null : orcid,
    affiliation: affiliation === '' ? null : fit(affiliation, 'affiliation', { ...context, extraFields: inDetails }),
    order: isAgain ? null : tree.count('Contributor'),
  };
  tree.put('Contributor', key, fields, place);
  return true;
}

/** Without accents and in lower case: what stands before the comma, else the last word. */
function familyName(name: string): string {
  const family = name.includes(',') ? name.split(',')[0]! : (name.trim().split(/\s+/).at(-1) ?? name);
  return family.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}

function roleNames(record: JsonRecord): string[] {
  return namesOf(record.roleName).map((role) => role.replace(/^dcite:/, ''));
}

/** Whether somebody pays: people, also those known by an ORCID iD alone, are never funders, whatever role or award stands with them. */
function isFunder(record: JsonRecord): boolean {
  if (textOf(record.schemaKey) === 'Person' || orcidIn(textOf(record.identifier)) !== null) return false;
  return textOf(record.awardNumber) !== null || roleNames(record).some((role) => paying.includes(role));
}

function mapFunding(record: JsonRecord, context: ProjectContext): Funding | null {
  if (!isFunder(record)) return null;
  const awardNumber = textOf(record.awardNumber);
  return {
    funder: fit(textOf(record.name)!, 'funder', { ...context, extraFields: inDetails }),
    awardNumber,
    identifier: textOf(record.identifier),
    url: webAddress(textOf(record.url)),
  };
}

/** One line of what the credit and the funding leave out, and a finding for each kind of it. */
function detailsOf(record: JsonRecord, context: ProjectContext): string[] {
  const { place, report } = context;
  const name = textOf(record.name)!;
  const isFunding = isFunder(record);
  const left: string[] = [];
  const leave = (message: string, value: string | null, label = ''): void => {
    if (value === null) return;
    report.add('KEPT_ASIDE', `project contributorDetails: ${message}`, place, `${name}: ${value}`);
    left.push(`${label}${value}`);
  };
  if (!isFunding) leave('the award number of a person', textOf(record.awardNumber), 'award ');
  const affiliation = namesOf(record.affiliation).join('; ');
  if (affiliation.length > maximumLength.affiliation) leave('a long affiliation', affiliation);
  if (name.length > Math.min(maximumLength.contributorName, maximumLength.funder)) leave('a long name', name);
  for (const role of roleNames(record).filter((role) => !roles.has(role))) leave(`the role ${role}`, role, 'role ');
  const identifier = textOf(record.identifier);
  if (orcidIn(identifier) === null && !isFunding) leave('an identifier that is no ORCID iD', identifier);
  if (!isFunding || webAddress(textOf(record.url)) === null) leave('a web address', textOf(record.url));
  for (const affiliation of recordsOf(record.affiliation)) {
    leave('the identifier of an affiliation', textOf(affiliation.identifier), 'affiliation ');
  }
  for (const [key, value] of Object.entries(record).filter(([key]) => !mapped.includes(key))) {
    leave(`the field ${key}`, readableText(value), `${key} `);
  }
  if (record.includeInCitation === false && !isFunding) leave('not part of the citation', 'not part of the citation');
  return left.length === 0 ? [] : [`${name}: ${left.join(', ')}`];
}
