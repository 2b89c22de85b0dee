import { SpeciesRegister } from '../species-register';
import { ExtraFieldsWriter } from '../extra-fields';
import type { ReportWriter } from '../report';
import { EntryTree } from '../entry-tree';
import { ProjectFields } from './project-fields';

/** What the mapping of all records of one source shares. */
export class Context {
  readonly tree: EntryTree;
  readonly species: SpeciesRegister;
  readonly projectFields: ProjectFields;
  private readonly extraFields = new Map<string, ExtraFieldsWriter>();

  constructor(readonly report: ReportWriter) {
    this.tree = new EntryTree(report);
    this.species = new SpeciesRegister(this.tree);
    this.projectFields = new ProjectFields(this.tree);
  }

  /** The extra fields of a subject or session, the same for every record that speaks of it. */
  fieldsOf(owner: 'subject' | 'session', key: string): ExtraFieldsWriter {
    const known = this.extraFields.get(key) ?? new ExtraFieldsWriter(this.tree, owner);
    this.extraFields.set(key, known);
    return known;
  }

  /** Gives every subject and session its extra fields. */
  finishExtraFields(): void {
    for (const [key, fields] of this.extraFields) {
      const entry = this.tree.get(key);
      if (entry) this.tree.put(entry.type, key, { extraFields: fields.finish() }, { file: key });
    }
  }
}
