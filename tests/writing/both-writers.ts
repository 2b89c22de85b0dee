import { accessInForce } from '../../src/access/access';
import { importTree } from '../../src/importing/storing/import-tree';
import { toldAs } from '../../src/importing/storing/read-entry';
import { parentOf, type ImportedType } from '../../src/importing/storing/types';
import { nameOf } from '../../src/model/node';
import { asGraph, inputName, projectIds } from '../../src/writing/input-names';
import { shapeOf } from '../../src/writing/shape';
import type { Things, Workshop } from './bench';
import { operationOf } from './inputs';

/** One object as it is sent both ways, by the names of the graph. */
export interface Sent {
  type: ImportedType;
  action: 'create' | 'update';
  fields: Readonly<Record<string, unknown>>;
}

interface Fault {
  path: readonly (string | number)[];
  code: string;
  message: string;
}

/** A fault by the names of the graph: `field.0 CODE: words`. */
function told({ path: [first, ...rest], code, message }: Fault, names: ReadonlyMap<string, string>): string {
  const known = (name: string): string => names.get(name) ?? name;
  const path = first === undefined ? [] : [typeof first === 'string' ? known(first) : first, ...rest];
  return `${path.join('.')} ${code}: ${message.replace(/`(\w+)`/g, (_, name: string) => `\`${known(name)}\``)}`;
}

/** What an input calls otherwise than the graph. */
function inputNames(type: ImportedType): [graph: string, input: string][] {
  const { parent, references, lists } = shapeOf(type);
  return [...(parent ? [parent] : []), ...references, ...lists].map((edge) => [edge.field, inputName(edge)]);
}

/** What both writers say of one object. */
export class BothWriters {
  constructor(
    private readonly workshop: Workshop,
    readonly things: Things,
  ) {}

  /** What a new object has to have, by the names of the graph. */
  required(type: ImportedType): Record<string, unknown> {
    const { projects: _, ...fields } = asGraph(type, this.workshop.inputs.valid(type, 'create', this.things));
    return fields;
  }

  /** By a mutation: whatever is wrong, in order. */
  async byMutation({ type, action, fields }: Sent): Promise<string[]> {
    const names = new Map(inputNames(type));
    const input = Object.fromEntries(Object.entries(fields).map(([name, value]) => [names.get(name) ?? name, value]));
    const projects = type === 'Subject' || type === 'Session' ? { [projectIds]: [this.things['Project']] } : {};
    const { errors } = await this.workshop.server.ask(
      this.workshop.as('owner'),
      operationOf({ name: `${action}${type}`, action, type }),
      action === 'create' ? { input: { ...input, ...projects } } : { id: this.things[type], input },
    );
    if (!errors) return [];
    const [{ message, extensions }] = errors as [(typeof errors)[0]];
    const faults = (extensions['errors'] as Fault[] | undefined) ?? [{ path: [], code: extensions.code, message }];
    const back = new Map(inputNames(type).map(([graph, name]) => [name, graph]));
    return faults.map((fault) => told(fault, back)).sort();
  }

  /** By one import of all of them, each a line of its own; nothing is stored. */
  async byImport(sent: readonly Sent[]): Promise<string[][]> {
    const entries = sent.map((one, index) => this.entryOf(one, index));
    const project = { type: 'Project', key: this.things['Project']! };
    const { faults } = await importTree(
      { dataSource: this.workshop.dataSource, access: accessInForce, viewer: this.workshop.as('owner') },
      [...(sent.some(({ type }) => type === 'Project') ? [] : [project]), ...entries].map((value, line) => ({
        line,
        value,
      })),
      { dryRun: true },
    );
    return sent.map(({ type }, index) => {
      const back = new Map([[toldAs(type, 'type'), 'type']]);
      const mine = faults.filter(({ key }) => key === entries[index]!.key);
      return mine.map((fault) => told(fault, back)).sort();
    });
  }

  private entryOf({ type, action, fields }: Sent, index: number): { type: string; key: string } {
    // What an object belongs to is named also where it is there already; the project is understood.
    const parent = parentOf(type);
    const place = parent && action === 'update' ? { [parent.field]: this.things[nameOf(parent.target())] } : {};
    const { project: _, ...own } = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [toldAs(type, name), value]),
    );
    return { ...place, ...own, type, key: action === 'create' ? `new ${index}` : this.things[type]! };
  }
}
