import type { SetFiles } from './files';
import type { SetDescription } from './project';

/** What `samples.tsv` says of the tissue of each subject, by its label: one line a sample. What its JSON says of columns is the project's. */
export async function samplesIn(files: SetFiles, { extraFields }: SetDescription): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const file = files.find('samples.tsv');
  if (file === null) return lines;
  const ids = ['sample_id', 'participant_id'];
  const table = await files.orLeaveOut(file, () => files.table(file, ...ids));
  const columns = await files.columnsOf(file);
  extraFields.keep('samplesColumns', columns.lines.join('\n'), { file: file.path });
  for (const { cells } of table ? files.rowsStating(table, ...ids) : []) {
    const subject = cells.get('participant_id')!.replace(/^sub-/, '');
    const said = [...cells].filter(([column]) => !ids.includes(column));
    const about = said.map(([column, value]) => `${column} ${columns.kept(column, value)}`).join(', ');
    const before = lines.get(subject);
    const line = [cells.get('sample_id')!, about].join(': ');
    lines.set(subject, [...(before === undefined ? [] : [before]), line].join('\n'));
  }
  return lines;
}
