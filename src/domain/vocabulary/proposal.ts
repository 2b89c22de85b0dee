import { Column, ForeignKey, Index } from 'typeorm';
import { Field, ObjectType } from 'type-graphql';
import { defineChoice, Text, ValueList, LongText, Words } from '../../model/fields';
import { Node } from '../../model/node';
import { registerStoredField } from '../../model/written-fields';
import { Url } from '../../model/scalars';

@ObjectType({ description: 'The identifier of the same thing in another database.', simpleResolvers: true })
export class ExternalIdentifier {
  @Field(() => String, { description: 'The other database, such as `NCBITaxon`.' })
  source!: string;

  @Field(() => String, { description: 'The identifier there.' })
  identifier!: string;

  @Field(() => Url, { nullable: true, description: 'Its page there; null when not stated.' })
  url!: string | null;
}

const longestRejection = 1000;

/**
 * Shared terms, and laboratories: anybody signed in may propose one, an administrator approves it. Declared by the classes themselves with
 * @Approvable, since a column of an abstract class would carry the wrong table name.
 */
export abstract class Proposal extends Node {
  @Column('boolean', { default: false })
  isApproved!: boolean;

  @Column('uuid', { nullable: true })
  @ForeignKey('User', { onDelete: 'SET NULL' })
  @Index()
  proposedById!: string | null;

  @Column('varchar', { length: longestRejection, nullable: true })
  rejectionComment!: string | null;
}

/** Puts the field `isApproved` on a class of shared terms; with `unique`, its names are unique among the approved. */
export function Approvable(...unique: string[][]): ClassDecorator {
  return (target) => {
    registerStoredField(target.prototype as object, { name: 'isApproved', value: { is: 'flag' } });
    registerStoredField(target.prototype as object, {
      name: 'rejectionComment',
      value: { is: 'text', max: longestRejection, lines: true },
    });
    Field(() => Boolean, {
      description: 'False for a proposal that awaits approval: only its proposer and administrators see it.',
    })(target.prototype as object, 'isApproved');
    Field(() => String, {
      nullable: true,
      description:
        'Why an administrator rejected the proposal. Null unless it was rejected, and to everybody but its proposer and administrators.',
    })(target.prototype as object, 'rejectionComment');
    for (const columns of unique) Index(columns, { unique: true, where: '"is_approved"' })(target);
  };
}

/** Has the indexes by which it is found by its RRID, and by its identifiers elsewhere; a migration makes them. */
export function NamedElsewhere(table: string): ClassDecorator {
  return (target) => {
    for (const index of ['rrid', 'external_identifiers']) Index(`${table}_${index}`, { synchronize: false })(target);
  };
}

export const Name = (max = 100): PropertyDecorator =>
  Text(max, 'What it is called; unique among the approved.', { required: true });
export const Synonyms = (): PropertyDecorator =>
  Words('Other names that people have for it, by which `search` finds it and what refers to it.');
export const Description = (): PropertyDecorator => LongText('What it is; null when not written.');
export const Rrid = (): PropertyDecorator =>
  Text(100, 'Its Research Resource Identifier, such as `RRID:IMSR_JAX:000664`; null when it has none.');
export const ExternalIdentifiers = (): PropertyDecorator =>
  ValueList(() => ExternalIdentifier, 'The same thing in other databases.');

export const atlases = defineChoice('Atlas', 'A reference atlas of the brain.', {
  ALLEN_MOUSE: 'Allen Mouse Brain Atlas.',
  ALLEN_DEVELOPING_MOUSE: 'Allen Developing Mouse Brain Atlas.',
  ALLEN_HUMAN: 'Allen Human Brain Atlas.',
  ALLEN_DEVELOPING_HUMAN: 'Allen Developing Human Brain Atlas (BrainSpan).',
  ALLEN_NON_HUMAN_PRIMATE: 'Allen Non-Human Primate Atlas.',
  ALLEN_SPINAL_CORD: 'Allen Spinal Cord Atlas.',
  BRAIN_MAPS_4_RAT: 'Brain Maps 4.0 (rat).',
  PAXINOS_FRANKLIN_2001_MOUSE: 'Paxinos & Franklin 2001 (mouse).',
  PAXINOS_WATSON_1997_RAT: 'Paxinos & Watson 1997 (rat).',
  SWANSON_2004_RAT: 'Swanson 2004 (rat).',
});

export const setupCategories = defineChoice('SetupCategory', 'In which state the preparation or subject is.', {
  IN_VITRO: 'In vitro.',
  EX_VIVO: 'Ex vivo.',
  ANESTHETIZED_IN_VIVO: 'In vivo, anesthetized.',
  HEAD_FIXED_AWAKE: 'Awake and head-fixed.',
  VOLUNTARILY_STATIONARY_AWAKE: 'Awake and stationary by choice, such as a person in a chair.',
  FREELY_MOVING_AWAKE: 'Awake and freely moving.',
  UNKNOWN: 'Not known or not stated.',
});
