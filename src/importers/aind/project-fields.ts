import type { EntryTree } from '../entry-tree';
import { type ExtraFields, ExtraFieldsWriter } from '../extra-fields';
import type { Place } from '../report';

/**
 * The extra fields of the project that several records speak of: each says what all of them say, one line each, sorted, so that
 * it is the same in whatever order they come, at once or one by one.
 */
export class ProjectFields {
  private readonly fields = new Map<string, { values: Set<string | number>; place: Place }>();

  constructor(private readonly tree: EntryTree) {}

  keep(name: string, value: string | number | null, place: Place): string | null {
    if (value === null || value === '') return null;
    const known = this.fields.get(name) ?? { values: new Set(), place };
    this.fields.set(name, known);
    for (const line of typeof value === 'string' ? value.split('\n') : [value]) known.values.add(line);
    return this.tree.fieldKeys.keyOf('project', name);
  }

  finish(): ExtraFields {
    const writer = new ExtraFieldsWriter(this.tree, 'project');
    for (const [name, { values, place }] of this.fields) {
      const [first, ...others] = values;
      if (first !== undefined) writer.keep(name, others.length === 0 ? first : [...values].sort().join('\n'), place);
    }
    return writer.finish();
  }
}
