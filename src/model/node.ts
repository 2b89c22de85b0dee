import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { DateTime } from './scalars';
import { codeOf, typeOfId, type NodeName } from './ids';
import { snakeCase } from './names';
import { registerStoredField } from './written-fields';

/** What every object has in common, in the database and in the graph. */
@InterfaceType('Node', {
  description: 'Anything that has an id. Ids are globally unique and permanent; `node(id)` finds any of them.',
  resolveType: (value: Node) => typeOfId(value.id),
})
export abstract class Node {
  @PrimaryColumn('uuid')
  @Field(() => ID, {
    description: 'A UUID, globally unique, ordered by time of creation. Never changes and is never reused.',
  })
  id!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;

  @Column('integer', { default: 1 })
  version!: number;
}

export type NodeClass<T extends Node = Node> = new () => T;

const classes = new Map<NodeName, NodeClass>();

/** The class of a type, by its GraphQL name. */
export function classOf(name: NodeName): NodeClass {
  const found = classes.get(name);
  if (!found) throw new Error(`No class is registered for the type ${name}.`);
  return found;
}

/** Every class that was declared with @NodeType, in the order of declaration. */
export function nodeClasses(): NodeClass[] {
  return [...classes.values()];
}

export function nameOf(target: NodeClass): NodeName {
  return target.name as NodeName;
}

/**
 * Declares a class as both the table and the GraphQL type of one kind of object: a model is read in one place.
 * The table refuses an id that carries another type's code, so `node(id)` may trust the code.
 */
export function NodeType(description: string): ClassDecorator {
  return (target) => {
    const name = target.name as NodeName;
    classes.set(name, target as unknown as NodeClass);
    Check(`${snakeCase(name)}_id_code`, `substr("id"::text, 15, 3) = '8${codeOf(name)}'`)(target);
    Entity(snakeCase(name))(target);
    ObjectType({ description, implements: Node, simpleResolvers: true })(target);
    const prototype = target.prototype as object;
    registerStoredField(prototype, { name: 'id', value: { is: 'id' } });
    registerStoredField(prototype, { name: 'createdAt', value: { is: 'instant' } });
    registerStoredField(prototype, { name: 'updatedAt', value: { is: 'instant' } });
    registerStoredField(prototype, { name: 'version', value: { is: 'count' } });
    Field(() => DateTime, { description: 'When this was recorded in Stemgraph (UTC, milliseconds).' })(
      prototype,
      'createdAt',
    );
    Field(() => DateTime, {
      description:
        'When a field that every viewer of this object may see was last changed (UTC, milliseconds). Changes that only members see leave it alone.',
    })(prototype, 'updatedAt');
    Field(() => Int, {
      nullable: true,
      description: 'Counts every write, for detecting conflicting edits. Null unless the viewer may edit this object.',
    })(prototype, 'version');
  };
}
