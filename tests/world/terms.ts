import type { WorldBuilder } from './builder';
import type { Row, TypeName, Value } from './world';

/** Whether a term is approved, and who proposed it. */
export interface Proposal {
  isApproved: boolean;
  proposedById: string | null;
}

/** Shared terms: after the given ones some approved, some proposed by one of these users, some by nobody that is left. */
export function addTerms(
  builder: WorldBuilder,
  count: number,
  proposers: readonly Row[],
  given: readonly Proposal[],
): void {
  const { dice, rows } = builder;
  /** The next one after the place of the one that is being added, so that approved and proposed terms refer to each other. */
  const nextOf = (terms: readonly Row[], made: number): string =>
    (builder.least > 0 ? terms[(made + 1) % terms.length]! : dice.pick(terms)).id;
  const add = (type: TypeName, columns: (made: number) => Record<string, Value> = () => ({})): void => {
    for (let made = 0; made < count; made += 1) {
      const byChance = {
        isApproved: dice.chance(0.5),
        proposedById: dice.chance(0.7) ? dice.pick(proposers).id : null,
      };
      builder.add(type, { ...(given[made] ?? byChance), ...columns(made) });
    }
  };
  add('Species');
  add('Strain', (made) => ({ speciesId: nextOf(rows.Species, made) }));
  add('BrainRegion');
  add('SetupType');
  add('BehavioralCategory');
  add('Supplier');
  add('HardwareDevice', (made) => ({ supplierId: nextOf(rows.Supplier, made) }));
  add('Consumable', (made) => ({ supplierId: nextOf(rows.Supplier, made) }));
  add('Journal');
  add('Publication', (made) => ({
    journalId: builder.least > 0 || dice.chance(0.8) ? nextOf(rows.Journal, made) : null,
  }));
}
