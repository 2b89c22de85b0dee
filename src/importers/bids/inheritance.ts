import { appliesTo, type BidsName, byParticularity } from './names';

interface Held<T> {
  name: BidsName;
  value: T;
}

/** Files of metadata by folder, to find those that apply to another file (BIDS' inheritance principle). */
export class Inheritance<T> {
  private readonly byFolder = new Map<string, Held<T>[]>();

  add(name: BidsName, value: T): void {
    const held = this.byFolder.get(name.folder) ?? [];
    held.push({ name, value });
    this.byFolder.set(name.folder, held);
  }

  /** What applies to a file, the most general first. */
  applyingTo(name: BidsName): T[] {
    const folders = name.folder.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'));
    return ['', ...folders.filter((folder) => folder !== '')]
      .flatMap((folder) => this.byFolder.get(folder) ?? [])
      .filter((held) => appliesTo(held.name, name))
      .sort((one, other) => byParticularity(one.name, other.name))
      .map(({ value }) => value);
  }

  /** Everything added, folder by folder. */
  get all(): T[] {
    return [...this.byFolder.values()].flat().map(({ value }) => value);
  }
}
