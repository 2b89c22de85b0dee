import { fit } from './lengths';
import type { Place, ReportWriter } from './report';
import type { ExternalIdentifier, SpeciesEntry, StrainEntry } from './tree';
import { hostOf, webAddress } from './web-identifiers';
import { speciesOfSpelling, speciesOfTaxon, taxonIn, unstatedSpecies } from './vocabulary';

/**
 * The species and strains of one import, each once. Terms come as `name\nidentifier`, as the participants state them.
 */
export class SpeciesRegister {
  private readonly species = new Map<string, SpeciesEntry>();
  private readonly strains = new Map<string, StrainEntry>();

  constructor(private readonly report: ReportWriter) {}

  /**
   * The key of the species that a term means: by its NCBI Taxonomy number, else by its spelling, else the term as the
   * source writes it (reported). A subject without a term gets the species that stands for "not stated" (reported).
   */
  keyOf(term: string | null, place: Place): string {
    if (term === null) {
      this.report.add('DECIDED', `a subject’s species is not stated: ${unstatedSpecies}`, place);
      return this.register({ key: 'species:unspecified', name: unstatedSpecies, rrid: null, externalIdentifiers: [] });
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
    return this.registerTaxon(known.name, known.taxon);
  }

  /** The key of a strain, which belongs to the species given. */
  strainKeyOf(term: string, species: string, place: Place): string {
    const [name = '', identifier = null] = term.split('\n');
    const key = `strain:${(name || identifier || '').toLowerCase()} of ${species}`;
    const entry = { key, name: this.fitName(name || identifier!, place), species, ...identifiersOf(identifier) };
    if (!this.strains.has(key)) this.strains.set(key, entry);
    return key;
  }

  /** The species and strains registered so far. */
  finish(): { species: SpeciesEntry[]; strains: StrainEntry[] } {
    return { species: [...this.species.values()], strains: [...this.strains.values()] };
  }

  private keepAsStated(name: string, identifier: string | null, taxon: string | null, place: Place): string {
    this.report.add(
      'NOT_UNDERSTOOD',
      'a species is not in the vocabulary: it stays as the source writes it',
      place,
      name || identifier,
    );
    const shown = this.fitName(name || identifier!, place);
    if (taxon !== null) return this.registerTaxon(shown, taxon);
    return this.register({
      key: `species:${(name || identifier!).toLowerCase()}`,
      name: shown,
      ...identifiersOf(identifier),
    });
  }

  private fitName(name: string, place: Place): string {
    return fit(name, 'speciesName', { report: this.report, place, extraFields: 'the key' });
  }

  private registerTaxon(name: string, taxon: string): string {
    const key = `species:NCBITaxon:${taxon}`;
    return this.register({
      key,
      name,
      rrid: null,
      externalIdentifiers: [
        { source: 'NCBITaxon', identifier: taxon, url: `http://purl.obolibrary.org/obo/NCBITaxon_${taxon}` },
      ],
    });
  }

  private register(entry: SpeciesEntry): string {
    if (!this.species.has(entry.key)) this.species.set(entry.key, entry);
    return entry.key;
  }
}

function identifiersOf(identifier: string | null): { rrid: string | null; externalIdentifiers: ExternalIdentifier[] } {
  if (identifier === null) return { rrid: null, externalIdentifiers: [] };
  if (/^RRID:.{1,95}$/i.test(identifier)) return { rrid: identifier, externalIdentifiers: [] };
  const source = identifier.match(/^[A-Za-z]+(?=:)/)?.[0] ?? 'unknown';
  const url = webAddress(identifier);
  return { rrid: null, externalIdentifiers: [{ source: hostOf(url) ?? source, identifier, url }] };
}
