import type { Place } from '../report';
import type { SetFiles } from './files';
import type { SetDescription } from './project';
import type { SessionDrafts } from './sessions';

/** One answer or measure of a subject. */
export interface Measure {
  name: string;
  value: string | number;
  place: Place;
}

const ofWhom = ['participant_id', 'session_id'];

/**
 * What the tables of `phenotype/` say of subjects, by their labels, each column under the name of its table; what a row says
 * of a session goes to that. What their JSON says of columns is the project's.
 */
export async function readPhenotypes(
  files: SetFiles,
  sessions: SessionDrafts,
  { extraFields }: SetDescription,
): Promise<Map<string, Measure[]>> {
  const measures = new Map<string, Measure[]>();
  for (const file of files.all.filter(({ path }) => /^phenotype\/[^/]+\.tsv$/.test(path))) {
    const table = await files.orLeaveOut(file, () => files.table(file, 'participant_id'));
    if (table === null) continue;
    const columns = await files.columnsOf(file);
    const name = file.path.slice('phenotype/'.length, -'.tsv'.length);
    extraFields.keep(`phenotype_${name}`, columns.lines.join('\n'), { file: file.path });
    for (const row of files.rowsStating(table, 'participant_id')) {
      const subject = row.cells.get('participant_id')!.replace(/^sub-/, '');
      const session = row.cells.get('session_id')?.replace(/^ses-/, '');
      for (const [column, cell] of [...row.cells].filter(([column]) => !ofWhom.includes(column))) {
        const measure = { name: `${name}_${column}`, value: columns.kept(column, cell), place: row.place };
        if (session === undefined) measures.set(subject, [...(measures.get(subject) ?? []), measure]);
        else sessions.of(subject, session, row.place).facts.add(measure.name, measure.value, measure.place);
      }
      if (!measures.has(subject)) measures.set(subject, []);
    }
  }
  return measures;
}
