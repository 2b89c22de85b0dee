import { SpeciesRegister } from '../species-register';
import { ExtraFieldsWriter } from '../extra-fields';
import type { ReportWriter } from '../report';
import { EntryTree } from '../entry-tree';
import { RecordTimes } from './record-time';
import { ProjectFields } from './project-fields';

/** What the mapping of all records of one source shares. */
export class Context {
  readonly times = new RecordTimes();
  readonly tree: EntryTree;
  readonly species: SpeciesRegister;
  readonly projectFields: ProjectFields;
  /** The projects that the records name. */
  readonly projectNames = new Set<string>();
  private readonly extraFields = new Map<string, ExtraFieldsWriter>();
  /** The same of the records before. */
  private readonly joined = new Map<string, ExtraFieldsWriter>();

  constructor(readonly report: ReportWriter) {
    this.tree = new EntryTree(report, this.times);
    this.species = new SpeciesRegister(this.tree);
    this.projectFields = new ProjectFields(this.tree);
  }

  /** Begins a record of the time given: of what records contradict each other about, the latest counts. */
  beginRecord(time: string | null): void {
    this.times.now = time;
  }

  /** Ends a record: what it keeps of subjects and sessions is joined to what others do, the same in whatever order they come. */
  endRecord(): void {
    for (const [key, fields] of this.extraFields) {
      const known = this.joined.get(key);
      if (known) known.join(fields);
      else this.joined.set(key, fields);
    }
    this.extraFields.clear();
  }

  /** The extra fields of a subject or session, as far as the record that is read speaks of it. */
  fieldsOf(owner: 'subject' | 'session', key: string): ExtraFieldsWriter {
    const known = this.extraFields.get(key) ?? new ExtraFieldsWriter(this.tree, owner);
    this.extraFields.set(key, known);
    return known;
  }

  /** Gives every subject and session its extra fields. */
  finishExtraFields(): void {
    for (const [key, fields] of this.joined) {
      const entry = this.tree.get(key);
      if (entry) this.tree.put(entry.type, key, { extraFields: fields.finish() }, { file: key });
    }
  }
}
