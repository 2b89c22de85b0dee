import { fitTo } from '../lengths';
import type { Birth, Context } from './context';
import type { Facts } from './facts';

/** What a subject's document says of its parents; both stay in its extra fields as well. Null where it names none. */
export function birthIn(details: Facts, subject: string, day: string | null): Birth | null {
  const info = details.holdsObjects('breeding_info') ? details.child('breeding_info')! : null;
  const [mother, father] = ['maternal_id', 'paternal_id'].map((key) => info?.word(key) ?? '');
  return mother || father ? { subject, mother: mother ?? '', father: father ?? '', day, place: details.place } : null;
}

/**
 * Adds a breeding for each litter of which a parent is a subject of the set itself. Parents that no record describes are animals
 * of the colony, which the set says nothing of but their names: these stay texts.
 */
export function putBreedings(births: readonly Birth[], context: Context): void {
  const { tree, report } = context;
  for (const { subject, mother, father, day, place } of births) {
    const [dam, sire] = [mother, father].map((one) => (tree.has(`subject:${one}`) ? `subject:${one}` : null));
    if ((dam ?? sire) === null || dam === sire) continue;
    const [named, called] = [mother, father].map((one) => (one === '' ? 'not stated' : one));
    const name = fitTo(`${named} × ${called}`, 100, 'breeding name', 'the key', { report, place });
    const key = `breeding:${mother}/${father}/${day ?? 'day not stated'}`;
    tree.put('Breeding', key, { name, dam, sire, birthDate: day, offspring: [subject] }, place);
  }
}
