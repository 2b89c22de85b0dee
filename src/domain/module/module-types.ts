import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { Field, ObjectType } from 'type-graphql';
import { defineChoice } from '../../model/fields';
import { JSONObject } from '../../model/scalars';
import { ModuleTypeCode } from './module-type-code';
import { findType, readRegistry, type ModuleKind } from './registry';

export const moduleKinds = defineChoice('ModuleKind', 'What a module type describes.', {
  DATA_ACQUISITION: '`DataAcquisition.details`.',
  MANIPULATION: '`Manipulation.details`.',
  PROCEDURE: '`Procedure.details`.',
  EQUIPMENT: '`Equipment.details`.',
  CONSUMABLE_STOCK: '`ConsumableStock.details`.',
  SUBJECT_LOG: '`SubjectLogEntry.details`.',
  PROCEDURE_LOG: '`ProcedureLogEntry.details`.',
  COORDINATES: '`coordinates` of procedures and equipment.',
});

@ObjectType({
  description: 'One type that a module can have, with the JSON Schema of its details: enough to draw a form.',
  simpleResolvers: true,
})
export class ModuleType {
  @Field(() => moduleKinds.graphqlType, { description: 'What it describes.' })
  kind!: ModuleKind;

  @Field(() => ModuleTypeCode, { description: 'Its code, as modules name it in `type`.' })
  type!: string;

  @Field(() => String, { description: 'Its name for people.' })
  title!: string;

  @Field(() => String, { description: 'The version of the schema, as modules name it in `schemaVersion`.' })
  version!: string;

  @Field(() => JSONObject, {
    description: 'The JSON Schema (draft 7) that details of this type and version follow, units included.',
  })
  schema!: Record<string, unknown>;
}

/** How many types there may be, in all their versions. */
export const mostModuleTypes = 1000;

/** One way in which details break their schema. */
export interface DetailFault {
  /** A JSON pointer into the details, such as `/power/value`; empty for the whole. */
  path: string;
  message: string;
}

/** The module types that there are, and whether details follow them. */
export class ModuleTypes {
  private readonly types: readonly ModuleType[];
  private readonly validators = new Map<ModuleType, ValidateFunction>();
  private readonly ajv = addFormats(new Ajv({ allErrors: true, strict: false }));

  constructor(folder?: string) {
    this.types = readRegistry(folder).map((type) => Object.assign(new ModuleType(), type));
    if (this.types.length > mostModuleTypes)
      throw new Error(`There are ${this.types.length} module types, but there may be ${mostModuleTypes} at most.`);
  }

  /** All types of a kind, or of every kind. */
  all(kind?: ModuleKind | null): readonly ModuleType[] {
    return kind ? this.types.filter((one) => one.kind === kind) : this.types;
  }

  /** One type, in the given version or the newest; undefined when there is none. */
  find(kind: ModuleKind, type: string, version?: string): ModuleType | undefined {
    return findType(this.types, kind, type, version);
  }

  /** All the ways in which details break the schema of their type; empty when they follow it. */
  faults(moduleType: ModuleType, details: unknown): DetailFault[] {
    const validate = this.validators.get(moduleType) ?? this.ajv.compile(moduleType.schema);
    this.validators.set(moduleType, validate);
    return validate(details) ? [] : (validate.errors ?? []).map(faultOf);
  }
}

function faultOf({ instancePath, message, params }: ErrorObject): DetailFault {
  const { allowedValues, additionalProperty } = params as { allowedValues?: unknown[]; additionalProperty?: string };
  // Without its name nobody knows which one to take out; it is the client's own, and may be of any length.
  const named = allowedValues?.join(', ') ?? additionalProperty?.slice(0, 100);
  return { path: instancePath, message: `${message ?? 'is wrong'}${named === undefined ? '' : `: ${named}`}` };
}
