import type { ExtraFieldsWriter } from '../extra-fields';
import type { Context } from './context';
import type { Facts } from './facts';
import { notesWith } from './leftovers';
import { type DocumentKeys, keyPart } from './keys';
import { ofType } from '../module-type';

/** What the procedures of one visit to the surgery share. */
export interface ProcedureScope {
  context: Context;
  subject: string;
  extraFields: ExtraFieldsWriter;
  keys: DocumentKeys;
  /** The day, as stated. */
  day: string | null;
  /** Who did it, as stated. */
  performedBy: string[];
  /** The coordinate systems that procedures name (version 2), by their names. */
  coordinateSystems: Map<string, Facts>;
}

/** What is particular to one procedure. */
export interface ProcedureContent {
  details?: object;
  /** Details of a new procedure that the source does not state. */
  assumedDetails?: object;
  consumableStock?: string | null;
  brainRegion?: string | null;
  coordinateSystem?: string | null;
  coordinates?: object;
  /** What tells it from others of its kind on the same day. */
  discriminator?: string | undefined;
  said?: (string | null)[];
}

/** Adds a procedure. What its facts hold beyond the content goes to its notes. */
export function putProcedure(type: string, facts: Facts, content: ProcedureContent, scope: ProcedureScope): string {
  const { context, subject, extraFields, keys, day } = scope;
  const { discriminator, said, assumedDetails, ...fields } = content;
  const parts = [subject.replace(/^subject:/, ''), day ?? 'day not stated', type, discriminator];
  const key = keys.of(
    `procedure:${parts
      .filter((part) => part !== undefined)
      .map(keyPart)
      .join('/')}`,
    facts.place,
  );
  facts.skip('procedure_type');
  const people = scope.performedBy.length === 0 ? null : `Performed by ${scope.performedBy.join(', ')}.`;
  const notes = notesWith([people, ...(said ?? [])], facts, {
    owner: 'procedure notes',
    extraFields,
    name: 'procedureNotes',
  });
  const entry = {
    subject,
    ...ofType('PROCEDURE', type),
    ...fields,
    dateTime: momentOf(day, facts, context),
    notes,
  };
  return context.tree.put('Procedure', key, entry, facts.place, { details: assumedDetails });
}

/** A day is given as its midnight in UTC, in which moments are shown, so that it reads as the day that was stated. */
export function momentOf(day: string | null, facts: Facts, context: Context): string | null {
  if (day === null) return null;
  context.report.add('DECIDED', 'a procedure’s day without a time is given as midnight UTC', facts.place, day);
  return `${day}T00:00:00.000Z`;
}
