import { type ExtraFields, ExtraFieldsWriter } from '../extra-fields';
import type { EntryTree } from '../entry-tree';
import type { Place } from '../report';

interface Fact {
  /** Which recording of the session it is about; null for the session itself. */
  about: string | null;
  value: string | number;
  place: Place;
}

/**
 * What a session's files say beyond its fields. A fact that is the same for all recordings is kept once; one that
 * differs is kept with one line a recording: `task-film_run-1: 390.24`, and so is every one where something that could not be
 * read may say otherwise of the others.
 */
export class Facts {
  private readonly byName = new Map<string, Fact[]>();

  add(name: string, value: string | number | null, place: Place, about: string | null = null): void {
    if (value === null || value === '') return;
    const facts = this.byName.get(name) ?? [];
    facts.push({ about, value, place });
    this.byName.set(name, facts);
  }

  finish(tree: EntryTree, isOfAll: (name: string) => boolean): ExtraFields {
    const writer = new ExtraFieldsWriter(tree, 'session');
    for (const [name, facts] of this.byName) {
      const [first] = facts;
      const isSame = facts.every(({ value, about }) => value === first?.value && (about === null || isOfAll(name)));
      const lines = new Set(facts.map(({ about, value }) => (about === null ? String(value) : `${about}: ${value}`)));
      if (first) writer.keep(name, isSame ? first.value : [...lines].join('\n'), first.place);
    }
    return writer.finish();
  }
}
