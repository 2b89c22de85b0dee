import { readRegistry, type ModuleKind, type RegisteredType } from '../../../../src/domain/module/registry';
import type { Chance } from './chance';

/** A part of a JSON Schema, as far as the module types use it. */
interface Schema {
  type?: string;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
}

/** The type of a module with details that follow it, written as JSON. */
export interface Detailed {
  type: string;
  version: string;
  details: string;
}

/** How many different details there are of one type: to write JSON anew for millions takes long, and shows nothing more. */
const variants = 40;

/** What modules of a kind may be, the frequent types first. */
export class ModulesOf {
  private readonly made: readonly Detailed[][];

  constructor(
    kind: ModuleKind,
    frequent: readonly string[],
    private readonly chance: Chance,
  ) {
    const types = readRegistry().filter((one) => one.kind === kind);
    const ordered = [...types].sort((one, other) => rank(frequent, one) - rank(frequent, other));
    this.made = ordered.map((type) => Array.from({ length: variants }, (_, index) => this.detailed(type, index)));
  }

  one(what: string, index: number): Detailed {
    return this.chance.pick(this.chance.favour(this.made, `type of ${what}`, index), `details of ${what}`, index);
  }

  private detailed({ type, version, schema }: RegisteredType, variant: number): Detailed {
    return { type, version, details: JSON.stringify(this.value(schema, type, variant)) };
  }

  private value(schema: Schema, path: string, variant: number): unknown {
    const { chance } = this;
    if (schema.enum) return chance.pick(schema.enum, path, variant);
    switch (schema.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(schema.properties ?? {})
            .filter(([name]) => chance.at(`has ${path}.${name}`, variant) < 0.7)
            .map(([name, part]) => [name, this.value(part, `${path}.${name}`, variant)]),
        );
      case 'array':
        return [this.value(schema.items ?? {}, `${path}[]`, variant)];
      case 'boolean':
        return chance.at(path, variant) < 0.5;
      case 'integer':
      case 'number': {
        const least = schema.minimum ?? 0;
        return least + chance.below((schema.maximum ?? least + 40_000) - least, path, variant);
      }
      default:
        return `${path.slice(path.lastIndexOf('.') + 1)} ${chance.below(100, path, variant)}`;
    }
  }
}

function rank(frequent: readonly string[], { type }: RegisteredType): number {
  const place = frequent.indexOf(type);
  return place < 0 ? frequent.length : place;
}
