import type { DetailField } from '../module-type';
import { choiceIn, measureIn, numberIn, type Reading, truthIn, wholeIn } from '../spelled-values';
import { partsOf } from './cell-values';

/** What a cell says of a field of details; `unit` is the one in the name of its column. */
export function readDetail(text: string, field: DetailField, unit: string | null): Reading<unknown> {
  if (field.is === 'measure') return measureIn(text, field.units, unit);
  const reading = readPlain(text, field);
  const message = `the unit of details.${field.name} is not stored: its type has none`;
  return 'value' in reading && unit !== null && field.is !== 'list' && field.is !== 'text'
    ? { ...reading, decided: message }
    : reading;
}

function readPlain(text: string, { is, choices }: DetailField): Reading<unknown> {
  if (choices.length > 0) return choiceIn(text, choices);
  if (is === 'number') return numberIn(text);
  if (is === 'whole') return wholeIn(text);
  if (is === 'truth') return truthIn(text);
  return { value: is === 'list' ? partsOf(text) : text };
}
