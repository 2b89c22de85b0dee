import type { ReportWriter } from '../report';
import type { Columns } from './columns';
import type { SetFiles } from './files';
import { Inheritance } from './inheritance';
import { kindOf, nameOf } from './names';
import type { Recording } from './recordings';
import type { Table } from './tables';

/** What a channels.tsv says in all: how many channels, of which kinds, and how many are marked as bad. */
export interface ChannelCounts {
  count: number;
  kinds: string;
  bad: number | null;
  /** What all channels agree about, column by column; and what is said of single ones. */
  agreed: ReadonlyMap<string, string | number>;
}

const withChannels = ['ecephys', 'icephys', 'eeg', 'meg', 'ieeg', 'emg', 'nirs', 'motion'];

/** The channels.tsv files of a set, found by the inheritance principle: the most particular one counts alone. */
export class ChannelTables {
  private readonly tables = new Inheritance<ChannelCounts | 'UNREAD'>();

  static async read(files: SetFiles, report: ReportWriter): Promise<ChannelTables> {
    const channels = new ChannelTables();
    for (const file of files.endingIn('_channels.tsv')) {
      const table = await files.orLeaveOut(file, () => files.wholeTable(file));
      if (table === null) {
        channels.tables.add(nameOf(file.path), 'UNREAD');
        continue;
      }
      const { rows, columns } = table;
      const kinds = new Map<string, number>();
      for (const { cells } of rows) {
        const kind = cells.get('type') ?? 'not stated';
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      const bad = columns.includes('status') ? rows.filter(({ cells }) => cells.get('status') === 'bad').length : null;
      const listed = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
      const agreed = agreedIn(table, await files.columnsOf(file), report);
      channels.tables.add(nameOf(file.path), { count: rows.length, kinds: listed, bad, agreed });
    }
    return channels;
  }

  /** Null where none lists its channels, `UNREAD` where one that cannot be read may. */
  of({ name }: Recording): ChannelCounts | 'UNREAD' | null {
    return withChannels.includes(name.suffix) ? (this.tables.applyingTo(name).at(-1) ?? null) : null;
  }
}

const counted = ['type', 'status'];

/**
 * The columns about which all channels agree, what is said of single channels (`status_description`), and what the JSON says
 * of the columns. Columns that differ from channel to channel stay in the set, and are reported.
 */
function agreedIn(
  { file, rows, columns }: Table,
  described: Columns,
  report: ReportWriter,
): Map<string, string | number> {
  const agreed = new Map<string, string | number>();
  for (const column of columns.filter((column) => !counted.includes(column))) {
    const told = rows.flatMap(({ cells }) => {
      const value = cells.get(column);
      return value === undefined ? [] : [{ value, name: cells.get('name') ?? 'channel' }];
    });
    const [first] = told;
    if (first === undefined) continue;
    const isOne = told.length === rows.length && told.every(({ value }) => value === first.value);
    if (isOne && column !== 'name') agreed.set(column, described.kept(column, first.value));
    else if (/description/.test(column))
      agreed.set(column, told.map(({ name, value }) => `${name}: ${value}`).join('\n'));
    else report.leave(kindOf(file.path), column, first.value, told.length);
  }
  if (described.lines.length > 0) agreed.set('columns', described.lines.join('\n'));
  return agreed;
}
