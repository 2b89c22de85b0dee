import type { SetFiles } from './files';
import { requireColumn, requiredCell } from './tables';

/** What `samples.tsv` says of the tissue of each subject, by its label: one line a sample. */
export async function samplesIn(files: SetFiles): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  const file = files.find('samples.tsv');
  if (file === null) return lines;
  const table = await files.table(file);
  for (const column of ['sample_id', 'participant_id']) requireColumn(table, column);
  for (const row of table.rows) {
    const subject = requiredCell(row, 'participant_id', table).replace(/^sub-/, '');
    const said = [...row.cells].filter(([column]) => !['sample_id', 'participant_id'].includes(column));
    const line = [
      requiredCell(row, 'sample_id', table),
      said.map(([column, value]) => `${column} ${value}`).join(', '),
    ];
    const before = lines.get(subject);
    lines.set(subject, [...(before === undefined ? [] : [before]), line.join(': ')].join('\n'));
  }
  return lines;
}
