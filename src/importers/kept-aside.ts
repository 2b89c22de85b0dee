import { type WritableField, writableFields } from '../tree/writable';
import type { Entry } from '../tree/entry';
import { fieldName } from '../model/names';
import type { EntryTree } from './entry-tree';
import { ExtraFieldsWriter } from './extra-fields';
import { shorten } from './lengths';
import type { Place } from './report';

interface Kept {
  key: string;
  name: string;
  value: string | number;
  place: Place;
}

/**
 * What a source states of its objects beyond their fields. It goes to the extra fields of the object itself, else of what it
 * belongs to (a procedure's to its subject), else of the project, where it says whose it is: `procedure_surgeon: …`.
 */
export class KeptAside {
  private readonly kept: Kept[] = [];

  constructor(
    private readonly tree: EntryTree,
    private readonly project: string,
  ) {}

  /** Notes a value of the entry of a key, which may come into the tree later. */
  keep(key: string, name: string, value: string | number | null, place: Place): void {
    if (value !== null && value !== '') this.kept.push({ key, name, value, place });
  }

  /** A text within the bound of its field; one that is cut is told, and kept whole. */
  fit(key: string, { name, longest }: WritableField, text: string, place: Place): string {
    if (longest === null || text.length <= longest) return text;
    const message = `${name}: longer than ${longest} characters; extraFields hold it whole as ${name}Full`;
    this.tree.report.add('SHORTENED', message, place, text);
    this.keep(key, `${name}Full`, text, place);
    return shorten(text, longest);
  }

  /** Gives every entry its extra fields; the project is told what names could not be kept as they were. */
  finish(place: Place): void {
    const owners = new Map<string, Map<string, Kept[]>>();
    for (const one of this.kept) {
      const entry = this.tree.get(one.key);
      if (!entry) continue;
      const owner = this.ownerOf(entry);
      const name = owner === entry ? one.name : `${fieldName(entry.type)}_${one.name}`;
      const names = owners.get(owner.key) ?? new Map<string, Kept[]>();
      names.set(name, [...(names.get(name) ?? []), one]);
      owners.set(owner.key, names);
    }
    for (const [key, names] of owners) this.write(this.tree.get(key)!, names);
    const originals = this.tree.fieldKeys.originals.join('\n');
    if (originals !== '')
      this.write(
        this.tree.get(this.project)!,
        new Map([['originalNames', [{ key: this.project, name: '', value: originals, place }]]]),
      );
  }

  private write(owner: Entry, names: ReadonlyMap<string, readonly Kept[]>): void {
    const extraFields = new ExtraFieldsWriter(this.tree, fieldName(owner.type));
    for (const [name, kept] of names) {
      const isOwn = kept.every(({ key }) => key === owner.key);
      const lines = kept.map(({ key, value }) => (isOwn ? String(value) : `${key}: ${value}`));
      extraFields.keep(name, kept.length === 1 && isOwn ? kept[0]!.value : lines.join('\n'), kept[0]!.place);
    }
    this.tree.put(owner.type, owner.key, { extraFields: extraFields.finish() }, { file: owner.key });
  }

  private ownerOf(entry: Entry): Entry {
    const fields = writableFields(entry.type);
    if (fields.some(({ is }) => is === 'extraFields')) return entry;
    const parent = fields.find(({ isParent }) => isParent);
    const owner = parent && this.tree.get(String(entry[parent.name]));
    return owner ? this.ownerOf(owner) : this.tree.get(this.project)!;
  }
}
