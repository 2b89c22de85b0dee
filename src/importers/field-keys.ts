interface KeysOfOwner {
  /** The key of each name, and the name of each key. */
  keys: Map<string, string>;
  names: Map<string, string>;
  /** The last number that was given to names of one form, by that form. */
  alike: Map<string, number>;
}

/**
 * The keys of extra fields of one whole set: each name has one key, the same for every object, and no two names share one.
 * `身長` and `体重` are `field` and `field2`; what they were is told by `originals`.
 */
export class FieldKeys {
  private readonly byOwner = new Map<string, KeysOfOwner>();

  /** The key of a name: it starts with a letter and holds letters, digits and `_`. */
  keyOf(owner: string, name: string): string {
    const { keys, names, alike } = this.of(owner);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const base = formed(name);
    let key = base;
    for (let number = (alike.get(base) ?? 1) + 1; names.has(key); number += 1) {
      key = `${base}${number}`;
      alike.set(base, number);
    }
    keys.set(name, key);
    names.set(key, name);
    return key;
  }

  /** Whether a key stands for a name. */
  has(owner: string, key: string): boolean {
    return this.of(owner).names.has(key);
  }

  /** One line for each key that does not tell its name: `subject field: 身長`. */
  get originals(): string[] {
    return [...this.byOwner].flatMap(([owner, { keys }]) =>
      [...keys].filter(([name, key]) => !tells(key, name)).map(([name, key]) => `${owner} ${key}: ${name}`),
    );
  }

  private of(owner: string): KeysOfOwner {
    const known = this.byOwner.get(owner) ?? { keys: new Map(), names: new Map(), alike: new Map() };
    this.byOwner.set(owner, known);
    return known;
  }
}

function formed(name: string): string {
  const key = name
    .replace(/[^A-Za-z0-9_]+$/, '')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 90);
  return key === '' ? 'field' : key;
}

/** Whether a reader of the key knows the name: they differ in spaces and the like alone. */
function tells(key: string, name: string): boolean {
  return name.replace(/[\s./-]/g, '_') === key;
}
