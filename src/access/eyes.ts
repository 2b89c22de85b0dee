import { value, type Sql } from '../database/sql';
import { typeOfId, type NodeName } from '../model/ids';
import type { Supposition, Viewer } from './viewer';

/**
 * A viewer as the compiler knows one: what the text of a condition depends on, and the values in it as fragments. Nothing
 * else about a viewer can get into a statement.
 */
export type Eyes =
  | { readonly kind: 'anonymous'; readonly supposed?: Supposed }
  /** Without an id: any of them, of whom nothing else is known. */
  | { readonly kind: 'user'; readonly isAdministrator: boolean; readonly userId: Sql | undefined };

/** The eyes of a viewer, with the values at hand. */
export function eyesOf(viewer: Viewer): Eyes {
  if (viewer.kind === 'user')
    return { kind: 'user', isAdministrator: viewer.isAdministrator, userId: value(viewer.userId, 'uuid') };
  return viewer.asIf ? { kind: 'anonymous', supposed: new Supposed(viewer.asIf) } : { kind: 'anonymous' };
}

/** Ids that are supposed to be public, or private; undefined where there are none. Each list is one parameter. */
class Supposed {
  private readonly made = new Map<string, Sql | undefined>();

  constructor(private readonly supposition: Supposition) {}

  /** Nothing but what is supposed to be public is. */
  get only(): boolean {
    return this.supposition.only ?? false;
  }

  /** What is supposed to be so; where a type is given, as far as it is of that type. */
  ids(which: 'public' | 'private', type?: NodeName): Sql | undefined {
    const key = `${which} ${type ?? ''}`;
    if (!this.made.has(key)) {
      const all = this.supposition[which];
      const ids = type === undefined ? all : all.filter((id) => typeOfId(id) === type);
      this.made.set(key, ids.length === 0 ? undefined : value(ids, 'uuid[]'));
    }
    return this.made.get(key);
  }
}
