import { Field, ID, InputType, type ClassType } from 'type-graphql';
import { atMost } from '../model/bounds';
import { isShared } from '../model/families';
import { mostProjects } from './may-write';
import { withArticle } from '../model/names';
import { nameOf } from '../model/node';
import type { WrittenField } from '../model/written-fields';
import { inputName, projectIds } from './input-names';
import { shapeOf, writableTypes, type WritableType } from './shape';
import { inputOfValue } from './value-inputs';

/** The inputs of one type, made from its model. */
export interface Inputs {
  create: ClassType<object>;
  update: ClassType<object>;
}

/** What one type's input holds: `type` as type-graphql takes it. */
interface InputField {
  name: string;
  type: () => unknown;
  description: string;
  /** Whether a new object cannot be without. */
  required: boolean;
}

const made = new Map<WritableType, Inputs>(writableTypes.map((type) => [type, makeInputs(type)]));

export function inputsOf(type: WritableType): Inputs {
  return made.get(type)!;
}

function makeInputs(type: WritableType): Inputs {
  const { parent } = shapeOf(type);
  const inAll = fieldsOf(type);
  const onlyInCreate: InputField[] = [];
  if (parent)
    onlyInCreate.push({
      name: inputName(parent),
      type: () => ID,
      description: `The ${nameOf(parent.target())} that it belongs to. Never changes.`,
      required: true,
    });
  if (isShared(type))
    onlyInCreate.push({
      name: projectIds,
      type: () => [ID],
      description: `The projects that it belongs to, at least one and at most ${mostProjects}. Later changed by \`link${type}\` and \`unlink${type}\`.`,
      required: true,
    });
  const Create = class {};
  for (const field of [...onlyInCreate, ...inAll]) define(Create, field, !field.required);
  InputType(`Create${type}Input`, { description: `A new ${type}.` })(Create);
  const Update = class {};
  for (const field of inAll) define(Update, field, true);
  InputType(`Update${type}Input`, {
    description: `What to change of ${withArticle(type)}: what is left out stays, an explicit null clears.`,
  })(Update);
  return { create: Create, update: Update };
}

function fieldsOf(type: WritableType): InputField[] {
  const { fields, references, lists, required } = shapeOf(type);
  return [
    ...fields.map((field) => ({
      name: field.name,
      type: typeOf(field),
      description: field.description,
      required: required.has(field.name),
    })),
    ...references.map((edge) => ({
      name: inputName(edge),
      type: () => ID,
      description: `The id of ${withArticle(nameOf(edge.target()))} that the writer can see.`,
      required: required.has(edge.field),
    })),
    ...lists.map((edge) => ({
      name: inputName(edge),
      required: required.has(edge.field),
      type: () => [ID],
      description: `The ids of ${edge.by.link.ordered ? 'its entries in order' : 'its entries'}, each ${withArticle(nameOf(edge.target()))} that the writer can see. Replaces the entries that the writer can see; hidden ones stay where they are. ${atMost(edge.mostNamed)}`,
    })),
  ];
}

function typeOf({ type, value }: WrittenField): () => unknown {
  return value.is === 'values' ? () => [inputOfValue(value.of())] : type;
}

function define(target: ClassType<object>, { name, type, description }: InputField, nullable: boolean): void {
  Field(type as never, { nullable, description })(target.prototype, name);
}
