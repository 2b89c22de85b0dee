import { type WritableField, writableFields } from '../tree/writable';
import type { Entry } from '../tree/entry';
import { isOneOf, withinAttributes } from '../model/families';
import { fieldName } from '../model/names';
import type { EntryTree } from './entry-tree';
import { ExtraFieldsWriter } from './extra-fields';
import { shorten } from './lengths';
import type { Place } from './report';

/** Fields that are hidden from some who see the object: where its file lies, in a storage that is not shared. */
const shownToFewer: readonly string[] = ['fileName'];

interface Kept {
  key: string;
  name: string;
  value: string | number;
  place: Place;
}

/**
 * What a source states of its objects beyond their fields. It goes to the extra fields of the object itself, else of what it
 * belongs to (a procedure's to its subject), else of the project, where it says whose it is: `procedure_surgeon: …`. Of setups
 * and other attributes, each of which is shared on its own, nothing is put where others read it: it is left out, and told.
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

  /** A text within the bound of its field; one that is cut is told, and kept whole where it is shown to nobody else. */
  fit(key: string, { name, is, longest }: WritableField, text: string, place: Place): string {
    if (is !== 'text' || longest === null || text.length <= longest) return text;
    const isForFewer = shownToFewer.includes(name);
    const whole = isForFewer ? 'the source has it whole' : `it is whole in the extra fields, as ${name}Full`;
    this.tree.report.add('SHORTENED', `${name}: longer than ${longest} characters; ${whole}`, place, text);
    if (!isForFewer) this.keep(key, `${name}Full`, text, place);
    return shorten(text, longest);
  }

  /** Gives every entry its extra fields; the project is told what names could not be kept as they were. */
  finish(place: Place): void {
    const owners = new Map<string, Map<string, Kept[]>>();
    for (const one of this.kept) {
      const entry = this.tree.get(one.key);
      if (!entry) continue;
      if (isOneOf(withinAttributes, entry.type)) {
        const message = `${entry.type} ${one.name}: no field is meant for it, and the project’s would show it to others`;
        this.tree.report.add('NOT_IMPORTED', message, one.place, String(one.value));
        continue;
      }
      const owner = this.ownerOf(entry);
      const name = owner === entry ? one.name : `${fieldName(entry.type)}_${one.name}`;
      const names = owners.get(owner.key) ?? new Map<string, Kept[]>();
      owners.set(owner.key, names);
      const known = names.get(name);
      if (known) known.push(one);
      else names.set(name, [one]);
    }
    for (const [key, names] of owners) this.write(this.tree.get(key)!, names);
    const originals = this.tree.fieldKeys.originals.join('\n');
    if (originals === '') return;
    const kept = { key: this.project, name: 'originalNames', value: originals, place };
    this.write(this.tree.get(this.project)!, new Map([[kept.name, [kept]]]));
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
