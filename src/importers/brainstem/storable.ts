import type { NodeName } from '../../model/ids';
import { type WritableField, writableFields } from '../../tree/writable';
import { followsFromOthers } from '../assumed-fields';
import type { RecordDraft } from './record-draft';

/**
 * What can be stored: it lacks nothing, and what it belongs to and cannot be without can be stored as well. `onLost` is told
 * of the others, with what each lacks, and of what is there without them.
 */
export function storableOf(
  drafts: readonly RecordDraft[],
  onLost: (draft: RecordDraft, lacks: readonly string[], there: ReadonlySet<string>) => void,
): RecordDraft[] {
  let storable = [...drafts];
  for (;;) {
    const there = idsOf(storable);
    const lost = storable.flatMap((draft) => {
      const lacks = lacksOf(draft, there);
      return lacks.length > 0 ? [{ draft, lacks }] : [];
    });
    if (lost.length === 0) return storable;
    const drop = new Set(lost.map(({ draft }) => draft));
    storable = storable.filter((draft) => !drop.has(draft));
    const staying = idsOf(storable);
    for (const { draft, lacks } of lost) onLost(draft, lacks, staying);
  }
}

export function idsOf(drafts: readonly RecordDraft[]): ReadonlySet<string> {
  return new Set(drafts.map(({ record }) => record.id));
}

/** Leaves out what is not there of what a draft refers to. */
export function dropAbsent({ record, fields }: RecordDraft, there: ReadonlySet<string>): void {
  for (const { name, isList } of referencesOf(record.type)) {
    const stated = fields[name];
    if (isList && Array.isArray(stated)) fields[name] = stated.filter((id) => there.has(id as string));
    else if (typeof stated === 'string' && !there.has(stated)) delete fields[name];
  }
}

function lacksOf(draft: RecordDraft, there: ReadonlySet<string>): string[] {
  const { record, fields } = draft;
  const own = draft.lacks.filter((name) => followsFromOthers[record.type]?.includes(name) !== true);
  const lost = referencesOf(record.type).filter(({ name, isList, isRequired }) => {
    const stated = fields[name];
    return isRequired && !isList && typeof stated === 'string' && !there.has(stated);
  });
  return [...own, ...lost.map(({ name }) => name)];
}

function referencesOf(type: NodeName): readonly WritableField[] {
  return writableFields(type).filter(({ is }) => is === 'reference');
}
