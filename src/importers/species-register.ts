import { fit } from './lengths';
import type { EntryTree } from './entry-tree';
import type { Place, ReportWriter } from './report';
import { hostOf, webAddress } from './web-identifiers';
import { speciesOfSpelling, speciesOfTaxon, taxonIn, unstatedSpecies } from './vocabulary';

/**
 * The species and strains of one import, each once. Terms come as `name\nidentifier`, as the participants state them.
 */
export class SpeciesRegister {
  private readonly report: ReportWriter;

  constructor(private readonly tree: EntryTree) {
    this.report = tree.report;
  }

  /**
   * The key of the species that a term means: by its NCBI Taxonomy number, else by its spelling, else the term as the
   * source writes it (reported). A subject without a term gets the species that stands for "not stated" (reported).
   */
  keyOf(term: string | null, place: Place): string {
    if (term === null) {
      this.report.add('DECIDED', `a subject’s species is not stated: ${unstatedSpecies}`, place);
      return this.tree.put('Species', 'species:unspecified', { name: unstatedSpecies }, place);
    }
    const [name = '', identifier = null] = term.split('\n');
    const taxon = taxonIn(identifier) ?? taxonIn(name);
    const known = (taxon === null ? null : speciesOfTaxon(taxon)) ?? (taxon === null ? speciesOfSpelling(name) : null);
    if (known === null) return this.keepAsStated(name, identifier, taxon, place);
    const spelled = name === '' ? null : speciesOfSpelling(name);
    if (spelled !== null && spelled.taxon !== known.taxon) {
      this.report.add('DECIDED', 'a species’ name and identifier disagree: the identifier counts', place, term);
    } else if (name !== known.name) {
      this.report.add(
        'DECIDED',
        `${known.name}: other spellings or none are taken as this species`,
        place,
        name || identifier,
      );
    }
    return this.registerTaxon(known.name, known.taxon, place);
  }

  /** The key of a strain, which belongs to the species given. */
  strainKeyOf(term: string, species: string, place: Place): string {
    const [name = '', identifier = null] = term.split('\n');
    const key = `strain:${(name || identifier || '').toLowerCase()} of ${species}`;
    const fields = { name: this.fitName(name || identifier!, place), species, ...identifiersOf(identifier) };
    return this.tree.has(key) ? key : this.tree.put('Strain', key, fields, place);
  }

  private keepAsStated(name: string, identifier: string | null, taxon: string | null, place: Place): string {
    this.report.add(
      'NOT_UNDERSTOOD',
      'a species is not in the vocabulary: it stays as the source writes it',
      place,
      name || identifier,
    );
    const shown = this.fitName(name || identifier!, place);
    if (taxon !== null) return this.registerTaxon(shown, taxon, place);
    return this.register(
      `species:${(name || identifier!).toLowerCase()}`,
      { name: shown, ...identifiersOf(identifier) },
      place,
    );
  }

  private fitName(name: string, place: Place): string {
    return fit(name, 'speciesName', { report: this.report, place, extraFields: 'the key' });
  }

  private registerTaxon(name: string, taxon: string, place: Place): string {
    const url = `http://purl.obolibrary.org/obo/NCBITaxon_${taxon}`;
    const externalIdentifiers = [{ source: 'NCBITaxon', identifier: taxon, url }];
    return this.register(`species:NCBITaxon:${taxon}`, { name, externalIdentifiers }, place);
  }

  /** The first spelling counts. */
  private register(key: string, fields: Record<string, unknown>, place: Place): string {
    return this.tree.has(key) ? key : this.tree.put('Species', key, fields, place);
  }
}

/** The identifier of the same thing in another database, such as `NCBITaxon`. */
interface ExternalIdentifier {
  source: string;
  identifier: string;
  url: string | null;
}

function identifiersOf(identifier: string | null): { rrid: string | null; externalIdentifiers: ExternalIdentifier[] } {
  if (identifier === null) return { rrid: null, externalIdentifiers: [] };
  if (/^RRID:.{1,95}$/i.test(identifier)) return { rrid: identifier, externalIdentifiers: [] };
  const source = identifier.match(/^[A-Za-z]+(?=:)/)?.[0] ?? 'unknown';
  const url = webAddress(identifier);
  return { rrid: null, externalIdentifiers: [{ source: hostOf(url) ?? source, identifier, url }] };
}
