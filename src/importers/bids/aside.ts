import type { ExtraFieldsWriter } from '../extra-fields';
import type { Place, ReportWriter } from '../report';

/** Where what no field is meant for goes, and what there is to say about it. */
export interface Aside {
  report: ReportWriter;
  place: Place;
  extraFields: ExtraFieldsWriter;
}

/** A cell of a row, with the column that it stands in; null where the row has none. */
export type Cell = { column: string; value: string } | null;

/** What a value means may stand in the JSON beside the table, which cannot be read. */
export function leaveCode({ column, value }: NonNullable<Cell>, { report, place }: Aside): void {
  const message = `what a value of the column ${column} means may stand in participants.json, which cannot be read: left out`;
  report.add('NOT_IMPORTED', message, place, value);
  report.leave('participants.tsv', column, value);
}
