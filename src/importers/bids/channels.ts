import type { SetFiles } from './files';
import { Inheritance } from './inheritance';
import { nameOf } from './names';
import type { Recording } from './recordings';

/** What a channels.tsv says in all: how many channels, of which kinds, and how many are marked as bad. */
export interface ChannelCounts {
  count: number;
  kinds: string;
  bad: number | null;
}

const withChannels = ['eeg', 'meg', 'ieeg', 'emg', 'nirs', 'motion'];

/** The channels.tsv files of a set, found by the inheritance principle: the most particular one counts alone. */
export class ChannelTables {
  private readonly tables = new Inheritance<ChannelCounts>();

  static async read(files: SetFiles): Promise<ChannelTables> {
    const channels = new ChannelTables();
    for (const file of files.endingIn('_channels.tsv')) {
      const { rows, columns } = await files.table(file);
      const kinds = new Map<string, number>();
      for (const { cells } of rows) {
        const kind = cells.get('type') ?? 'not stated';
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      const bad = columns.includes('status') ? rows.filter(({ cells }) => cells.get('status') === 'bad').length : null;
      const listed = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
      channels.tables.add(nameOf(file.path), { count: rows.length, kinds: listed, bad });
    }
    return channels;
  }

  of({ name }: Recording): ChannelCounts | null {
    return withChannels.includes(name.suffix) ? (this.tables.applyingTo(name).at(-1) ?? null) : null;
  }
}
