import type { Entry } from '../../tree/entry';
import { fitTo, shorten } from '../lengths';
import type { Context } from './context';

/**
 * The litters among some subjects of which a parent is one of them. Parents that no record describes are animals of the colony,
 * which the set says nothing of but their names: these stay texts. Where records contradict each other about the parents of
 * one, nobody can tell whose it is.
 */
export function littersAmong(subjects: readonly Entry[]): Entry[] {
  const keys = new Set(subjects.map(({ key }) => key));
  const litters = new Map<string, Entry>();
  for (const { key: kid, birthDate, extraFields } of subjects) {
    const [mother, father] = ['maternalId', 'paternalId'].map((field) => textIn(extraFields, field));
    const [dam, sire] = [mother!, father!].map((one) => (keys.has(`subject:${one}`) ? `subject:${one}` : undefined));
    if ((dam ?? sire) === undefined || dam === sire || /\n/.test(`${mother}${father}`)) continue;
    const [named, called] = [mother, father].map((one) => (one === '' ? 'not stated' : one));
    const day = typeof birthDate === 'string' ? birthDate : undefined;
    const key = `breeding:${mother}/${father}/${day ?? 'day not stated'}`;
    const litter = { type: 'Breeding' as const, key, name: `${named} × ${called}`, dam, sire, birthDate: day };
    const offspring = (litters.get(key)?.['offspring'] ?? []) as string[];
    litters.set(key, { ...litter, offspring: [...offspring, kid] });
  }
  return [...litters.values()];
}

function textIn(extraFields: unknown, field: string): string {
  const value = (extraFields as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Adds a breeding for each litter of the set itself. */
export function putBreedings({ tree, report }: Context): void {
  for (const { type, key, ...fields } of littersAmong(tree.all.filter(isSubject))) {
    const place = tree.places.get((fields['offspring'] as string[])[0]!)!;
    const name = fitTo(String(fields['name']), mostLetters, 'breeding name', 'the key', { report, place });
    tree.put(type, key, { ...fields, name }, place);
  }
}

/**
 * What a set says of litters of which another part came before it. Of a litter that is known it says only what it tells of its own
 * animals: what people have changed of others stays.
 */
export function littersWith(own: readonly Entry[], before: readonly Entry[], all: readonly Entry[]): Entry[] {
  const [ofSet, known] = [own, before].map((entries) => new Set(entries.map(({ key }) => key)));
  const isOwn = (key: unknown): boolean => typeof key === 'string' && ofSet!.has(key);
  return littersAmong(all.filter(isSubject)).flatMap((litter): Entry[] => {
    const { type, key, name, dam, sire, birthDate } = litter;
    const kids = litter['offspring'] as string[];
    if (![dam, sire, ...kids].some(isOwn)) return [];
    if (!known!.has(key)) return [{ ...litter, name: shorten(String(name), mostLetters) }];
    const parents = { ...(isOwn(dam) && { dam }), ...(isOwn(sire) && { sire }) };
    return [{ type, key, birthDate, ...parents, ...(kids.some(isOwn) && { offspring: kids.filter(isOwn) }) }];
  });
}

const mostLetters = 100;
const isSubject = ({ type }: Entry): boolean => type === 'Subject';
