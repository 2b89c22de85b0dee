import type { SetFiles } from './files';

/** What `samples.tsv` says of the tissue of each subject, by its label: one line a sample. */
export async function samplesIn(files: SetFiles): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const file = files.find('samples.tsv');
  const columns = ['sample_id', 'participant_id'];
  const table = file && (await files.orLeaveOut(file, () => files.table(file, ...columns)));
  for (const { cells } of table ? files.rowsStating(table, ...columns) : []) {
    const subject = cells.get('participant_id')!.replace(/^sub-/, '');
    const said = [...cells].filter(([column]) => !columns.includes(column));
    const line = [cells.get('sample_id')!, said.map(([column, value]) => `${column} ${value}`).join(', ')];
    const before = lines.get(subject);
    lines.set(subject, [...(before === undefined ? [] : [before]), line.join(': ')].join('\n'));
  }
  return lines;
}
