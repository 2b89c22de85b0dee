import { fitTo, maximumLength } from '../lengths';
import { licenseOf } from '../licenses';
import type { Place } from '../report';
import { orcidIn } from '../../model/orcid';
import { canonicalIdentifier } from '../../model/project-identifiers';
import type { Context } from './context';
import type { Facts } from './facts';
import { DistinctValues } from '../distinct-values';
import { latest } from '../stated-times';
import { keyPart } from './keys';
import { peopleIn } from './people-in-text';
import { isUnknown, rorIn } from './vocabulary-entries';

interface Funding {
  funder: string;
  awardNumber: string | null;
  identifier: string | null;
  url: string | null;
}

/** What all data descriptions of a source say about its project. */
export class ProjectDraft {
  readonly names = new DistinctValues();
  /** Each licence, with when it was last stated. */
  private readonly licenses = new Map<string, string | null>();
  private readonly funding = new Map<string, Funding>();

  constructor(private readonly context: Context) {}

  /** Reads what a data description says about the project, and leaves what it says about its files. */
  add(facts: Facts): void {
    this.names.add(facts.text('project_name'), facts.place);
    this.addLicense(facts.text('license'));
    for (const key of ['project_id', 'group']) this.context.projectFields.keep(key, facts.text(key), facts.place);
    this.addInstitution(facts);
    this.addInvestigators(facts);
    for (const source of facts.holdsObjects('funding_source') ? facts.children('funding_source') : [])
      this.addFunding(source);
  }

  /** The fields of the project; `otherwise` is what it is called where no description names it, or several differ. */
  finish(
    otherwise: string,
    digest: string,
  ): { key: string; fields: Record<string, unknown>; assumed: { name: string } } {
    const { context } = this;
    const place = { file: otherwise };
    const isOne = this.names.all.length === 1;
    const name = isOne ? this.names.first! : otherwise;
    if (!isOne)
      context.report.add(
        'DECIDED',
        'no project’s name is stated, or several are: the project is called as its file or folder',
        place,
        this.names.all.join(', '),
      );
    if (this.names.all.length > 1) context.projectFields.keep('projectNames', this.names.all.join('\n'), place);
    const [license = null, ...others] = this.licensesByTime;
    // What follows is stated with the licence: nothing else of a project is contradicted.
    context.beginRecord(license === null ? null : this.licenses.get(license)!);
    for (const other of others) {
      context.report.add('DECIDED', 'of several licences that of the latest record is the project’s', place, other);
      licenseOf(other, this.aside(place));
    }
    const shown = fitTo(name, maximumLength.projectName, 'project name', 'extraFields.projectNameFull', {
      report: context.report,
      place,
    });
    if (shown !== name) context.projectFields.keep('projectNameFull', name, place);
    const identifier = isOne ? canonicalIdentifier('AIND', name) : null;
    const fields = {
      identifiers: identifier === null ? [] : [{ scheme: 'AIND', value: identifier }],
      name: isOne ? shown : null,
      license: license === null ? null : licenseOf(license, this.aside(place)),
      funding: [...this.funding.values()],
    };
    return { key: `project:AIND:${keyPart(isOne ? name : `${name} @ ${digest}`)}`, fields, assumed: { name: shown } };
  }

  private addLicense(license: string | null): void {
    if (license === null) return;
    this.licenses.set(license, latest([this.licenses.get(license) ?? null, this.context.times.now]));
  }

  private get licensesByTime(): string[] {
    const timeOf = (license: string): string => this.licenses.get(license) ?? '';
    return [...this.licenses.keys()].sort((one, other) =>
      timeOf(one) === timeOf(other) ? (one < other ? -1 : 1) : timeOf(one) > timeOf(other) ? -1 : 1,
    );
  }

  private aside(place: Place): Parameters<typeof licenseOf>[1] {
    return { place, report: this.context.report, extraFields: this.context.projectFields };
  }

  private addInstitution(facts: Facts): void {
    const institution = facts.holdsObjects('institution') ? facts.child('institution') : null;
    const name = institution ? institution.text('name') : facts.text('institution');
    this.context.projectFields.keep('institution', isUnknown(name) ? null : name, facts.place);
    if (!institution) return;
    const ror = rorIn(institution);
    if (ror !== null) this.context.projectFields.keep('institutionRor', ror, facts.place);
    this.keepAbbreviation(institution, name);
  }

  private addInvestigators(facts: Facts): void {
    const stated = facts.shown('investigators');
    const people = facts.holdsObjects('investigators') ? facts.children('investigators') : [];
    const names = people.length === 0 && Array.isArray(stated) ? facts.texts('investigators') : [];
    for (const person of people) {
      const name = person.text('name');
      if (name !== null) this.credit(name, orcidOf(person), facts);
    }
    if (typeof stated === 'string') names.push(...this.peopleInText(stated, facts));
    for (const name of names) this.credit(name, null, facts);
  }

  /** Who is named in one text; where that cannot be told, the text stays as it is stated. */
  private peopleInText(text: string, facts: Facts): string[] {
    facts.skip('investigators');
    if (isUnknown(text)) return [];
    const people = peopleIn(text);
    if (people !== null) return people;
    facts.report.add(
      'NOT_UNDERSTOOD',
      'investigators: one text of which it cannot be told whom it names',
      facts.place,
      text,
    );
    this.context.projectFields.keep('investigators', text.replace(/\s*\n\s*/g, ' '), facts.place);
    return [];
  }

  private credit(name: string, orcid: string | null, facts: Facts): void {
    const { tree, report } = this.context;
    const key = `contributor:name:${keyPart(name)}`;
    const shown = fitTo(name, maximumLength.contributorName, 'contributor name', 'the key', {
      report,
      place: facts.place,
    });
    tree.put('Contributor', key, { name: shown, roles: ['INVESTIGATOR'], orcid }, facts.place);
  }

  private keepAbbreviation(organisation: Facts, name: string | null): void {
    const abbreviation = organisation.text('abbreviation');
    if (abbreviation === null || abbreviation === name) return;
    this.context.projectFields.keep('abbreviation', `${abbreviation}: ${name ?? 'not named'}`, organisation.place);
  }

  private addFunding(source: Facts): void {
    const organisation = source.holdsObjects('funder') ? source.child('funder') : null;
    const name = organisation ? organisation.text('name') : source.text('funder');
    if (name === null) return;
    const ror = organisation ? rorIn(organisation) : null;
    if (organisation) this.keepAbbreviation(organisation, name);
    const funder = fitTo(name, maximumLength.funder, 'funder', 'extraFields.funderFull', {
      report: source.report,
      place: source.place,
    });
    if (funder !== name) this.context.projectFields.keep('funderFull', name, source.place);
    const url = ror === null ? null : `https://ror.org/${ror}`;
    const grant = { funder, awardNumber: source.text('grant_number'), identifier: url, url };
    this.funding.set(JSON.stringify(grant), grant);
    const fundees = source.holdsObjects('fundee')
      ? source.children('fundee').map((person) => fundeeText(person))
      : source.texts('fundee');
    if (fundees.length > 0)
      this.context.projectFields.keep(
        'fundee',
        `${[name, grant.awardNumber].filter((text) => text !== null).join(' ')}: ${fundees.join(', ')}`,
        source.place,
      );
  }
}

/** A checked ORCID iD; any other identifier of a person stays unread. */
function orcidOf(person: Facts): string | null {
  const stated = person.peek('registry_identifier');
  const orcid = typeof stated === 'string' ? orcidIn(stated.trim()) : null;
  if (orcid !== null) person.skip('registry_identifier');
  if (orcid !== null || stated === null) person.skip('registry');
  return orcid;
}

function fundeeText(person: Facts): string {
  const [name, orcid] = [person.text('name'), orcidOf(person)];
  return `${name ?? 'not named'}${orcid === null ? '' : ` (${orcid})`}`;
}
