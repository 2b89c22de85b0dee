import type { Oracle } from '../../policy/oracle';
import { canaryPattern } from '../../world/builder';
import type { Row, TypeName, Value, World } from '../../world/world';
import { graph } from '../../visibility/graph';

/** What is searched, as the README says it: said once more than in the server, so that the two can differ. */
export const searched: readonly TypeName[] = [
  ...(['Project', 'Subject', 'Session', 'Collection', 'Cohort'] as const),
  ...(['Procedure', 'Behavior', 'DataAcquisition', 'Manipulation'] as const),
  ...(['BehavioralParadigm', 'Setup', 'Inventory', 'DataStorage', 'Equipment', 'ConsumableStock'] as const),
  ...(['Species', 'Strain', 'BrainRegion', 'SetupType', 'BehavioralCategory', 'Supplier'] as const),
  ...(['HardwareDevice', 'Consumable', 'Journal', 'Publication'] as const),
];

const terms = searched.slice(searched.indexOf('Species'), -1);

/** Codes and versions are no texts; what has a rule of its own is not searched, whoever asks. */
const unsearched = ['type', 'schemaVersion', 'coordinateSystem', 'fileName', 'rejectionComment'];

/** By what a term is called, what refers to it is found as well. */
const called = ['name', 'acronym', 'synonyms', 'rrid', 'externalIdentifiers'];

interface Perch {
  type: TypeName;
  row: Row;
  column: string;
}

/** Where each word stands that nothing else holds, and what refers to what is called so. */
export class Findable {
  private readonly perches = new Map<string, Perch>();
  private readonly referring = new Map<string, { type: TypeName; row: Row }[]>();

  constructor(readonly world: World) {
    for (const type of searched)
      for (const row of world.rows[type]) {
        for (const [column, value] of Object.entries(row))
          if (!unsearched.includes(column))
            for (const word of wordsIn(value)) this.perches.set(word, { type, row, column });
        for (const edge of Object.values(graph[type]))
          if (edge.leads === 'to' && terms.includes(edge.type) && typeof row[edge.column] === 'string')
            this.refer(row[edge.column] as string, { type, row });
      }
  }

  private refer(id: string, from: { type: TypeName; row: Row }): void {
    this.referring.set(id, [...(this.referring.get(id) ?? []), from]);
  }

  /** Every word of its own of the world: those that can be found by somebody, and those that nobody is ever to find. */
  words(type?: TypeName): string[] {
    return [...this.world.canaries]
      .filter(([, perch]) => type === undefined || perch.type === type)
      .map(([word]) => word);
  }

  /** The ids of what somebody finds by a word: read off the plain data. */
  foundBy(word: string, { sees }: { sees: Oracle['sees'] }): string[] {
    const perch = this.perches.get(word);
    if (!perch || !sees(perch.type, perch.row)) return [];
    const referring = called.includes(perch.column) ? (this.referring.get(perch.row.id) ?? []) : [];
    return [perch.row.id, ...referring.filter(({ type, row }) => sees(type, row)).map(({ row }) => row.id)];
  }
}

/** The words of a value that are nothing but a canary; names of JSON are no texts. */
function wordsIn(value: Value): string[] {
  if (typeof value === 'string') return new RegExp(`^${canaryPattern.source}$`).test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value as object).flatMap(wordsIn) : [];
}
