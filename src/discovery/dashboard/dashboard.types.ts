import { Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { moduleKinds } from '../../domain/module/module-types';
import { ModuleTypeCode } from '../../domain/module/module-type-code';
import type { ModuleKind } from '../../domain/module/registry';
import { Project } from '../../domain/project/project.entity';
import { BrainRegion } from '../../domain/vocabulary/brain-region.entity';
import { Species, Strain } from '../../domain/vocabulary/species.entity';
import { Consumable, HardwareDevice } from '../../domain/vocabulary/supplier.entity';
import { atMost } from '../../model/bounds';
import { fieldName, inWords } from '../../model/names';
import type { Node, NodeClass } from '../../model/node';

/** How long each list is at most. */
export const mostListed = 10;

/** How many months of growth are told, the last ones: fifty years. */
export const mostMonths = 600;

const listed = atMost(mostListed);

const Count = (description: string): PropertyDecorator => Field(() => Int, { description });

@ObjectType({ description: 'How many modules the public sees, by kind.', simpleResolvers: true })
export class PublicModuleCounts {
  @Count('All of them together.')
  total!: number;

  @Count('Behaviors.')
  behaviors!: number;

  @Count('Data acquisitions.')
  dataAcquisitions!: number;

  @Count('Manipulations.')
  manipulations!: number;

  @Count('Procedures.')
  procedures!: number;
}

/** A term with how often it is used. */
export interface TermUse {
  count: number;
  [term: string]: Node | number;
}

/** The type of a term with its use, `SpeciesUse`. */
function useOf(term: NodeClass, told: string): ClassType<object> {
  const field = fieldName(term.name);

  @ObjectType(`${term.name}Use`, {
    description: `One ${inWords(term.name)}, and how much the public sees of it.`,
    simpleResolvers: true,
  })
  class Use {
    @Count(told)
    count!: number;
  }
  Field(() => term, { description: `The ${inWords(term.name)}.` })(Use.prototype, field);
  return Use;
}

const SpeciesUse = useOf(Species, 'How many subjects that the public sees are of it.');
const StrainUse = useOf(Strain, 'How many subjects that the public sees are of it.');
const BrainRegionUse = useOf(BrainRegion, 'How many procedures that the public sees took place there.');
const ConsumableUse = useOf(
  Consumable,
  'How many procedures that the public sees used it up, from a stock that the public sees.',
);
const HardwareDeviceUse = useOf(HardwareDevice, 'How many pieces of equipment in public setups are one.');

@ObjectType({ description: 'One technique, and how much the public sees of it.', simpleResolvers: true })
export class TechniqueUse {
  @Field(() => moduleKinds.graphqlType, { description: 'What it is a type of.' })
  kind!: ModuleKind;

  @Field(() => ModuleTypeCode, { description: 'Its code, as modules name it in `type`.' })
  type!: string;

  @Field(() => String, { description: 'Its name for people.' })
  title!: string;

  @Count('How many modules that the public sees are of it.')
  count!: number;
}

@ObjectType({
  description:
    'What became public in one month, of what is public now. What was taken back meanwhile is in none, and what is in several public projects counts once.',
  simpleResolvers: true,
})
export class PublicGrowth {
  @Field(() => String, { description: 'The month (UTC), such as `2026-03`.' })
  month!: string;

  @Count('Projects that were published then.')
  projects!: number;

  @Count('Subjects that have been in public projects since then, without a break.')
  subjects!: number;

  @Count('Sessions that have been in public projects since then, without a break.')
  sessions!: number;
}

const mostUsed = (what: string): string =>
  `The ${what} that is used most in what the public sees, those used most first; where as much, in the order of ids. Only approved ones. ${listed}`;

const UsedMost = (use: ClassType<object>, what: string): PropertyDecorator =>
  Field(() => [use], { description: mostUsed(what) });

@ObjectType({
  description:
    'How much there is, and of what, as anonymous viewers see it, whoever asks: what somebody may see beyond that does not count, nor does what they look at as if it were public. Right from the reply of a publish or revoke on.',
  simpleResolvers: true,
})
export class PublicDashboard {
  @Count('Public projects.')
  projects!: number;

  @Count('Subjects in public projects; one in several counts once.')
  subjects!: number;

  @Count('Sessions in public projects; one in several counts once.')
  sessions!: number;

  @Field(() => PublicModuleCounts, { description: 'Modules of these sessions, and procedures of these subjects.' })
  modules!: PublicModuleCounts;

  @Count('Collections of public projects.')
  collections!: number;

  @Count('Cohorts of public projects.')
  cohorts!: number;

  @Field(() => [Project], {
    description: `The projects that were made public last, the newest first. ${listed}`,
  })
  recentlyPublished!: () => Promise<Node[]>;

  @UsedMost(SpeciesUse, 'species')
  mostUsedSpecies!: () => Promise<TermUse[]>;

  @UsedMost(StrainUse, 'strain')
  mostUsedStrains!: () => Promise<TermUse[]>;

  @UsedMost(BrainRegionUse, 'brain region')
  mostUsedBrainRegions!: () => Promise<TermUse[]>;

  @UsedMost(ConsumableUse, 'consumable')
  mostUsedConsumables!: () => Promise<TermUse[]>;

  @UsedMost(HardwareDeviceUse, 'hardware')
  mostUsedHardware!: () => Promise<TermUse[]>;

  @Field(() => [TechniqueUse], {
    description: `The types of data acquisitions, manipulations and procedures of which the public sees most, those first. ${listed}`,
  })
  mostUsedTechniques!: TechniqueUse[];

  @Field(() => [PublicGrowth], {
    description: `What became public month by month, the oldest first; months in which nothing did are left out. At most ${mostMonths}, the last ones.`,
  })
  growth!: PublicGrowth[];
}
