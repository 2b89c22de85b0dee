import type { Facts } from './facts';
import { notesWith } from './leftovers';
import { momentOf, type ProcedureScope } from './procedure-scope';
import { keyPart } from './keys';
import { ofType } from '../module-type';

/** A water restriction is a log of the subject, with one entry for its days. */
export function mapWaterRestriction(facts: Facts, scope: ProcedureScope): void {
  const { context, subject, extraFields, day, keys, performedBy } = scope;
  facts.skip('procedure_type');
  const log = context.tree.put(
    'SubjectLog',
    `log:${subject.replace(/^subject:/, '')}/water deprivation`,
    { subject, ...ofType('SUBJECT_LOG', 'WaterDeprivation') },
    facts.place,
    { description: 'Water restriction' },
  );
  const startedAt = momentOf(day, facts, context);
  if (startedAt === null) facts.refuse('start_date', 'not stated', 'the day on which it began');
  const end = facts.day('end_date');
  const person = performedBy.join(', ') || 'not stated';
  if (performedBy.length === 0)
    context.report.add(
      'DECIDED',
      'who is responsible for a water restriction is not stated: "not stated"',
      facts.place,
    );
  const isOrdered = end === null || end >= day!;
  if (!isOrdered) facts.unread('end_date');
  const notes = notesWith([], facts, { owner: 'subject log notes', extraFields, name: 'waterRestriction' });
  const fields = {
    log,
    startedAt,
    endedAt: end === null || !isOrdered ? null : `${end}T00:00:00.000Z`,
    performedBy: performedBy.length === 0 ? null : person.slice(0, 200),
    details: performedBy.length === 0 ? null : { responsiblePerson: person },
    notes,
  };
  context.tree.put('SubjectLogEntry', keys.of(keyPart(`${log}/${day}`), facts.place), fields, facts.place, {
    details: { responsiblePerson: person },
  });
}
