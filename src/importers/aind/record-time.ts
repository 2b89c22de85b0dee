import type { Entry } from '../../tree/entry';
import { latest, type StatedTimes, StatedTimesWriter } from '../stated-times';
import type { SourceRecord } from './source-files';
import { statedTime } from './times';

/**
 * When a record says what it says: when its session began, then when its files were made, by which what was computed from others
 * comes after them. Null where it tells of no session: nothing is known to be later or earlier.
 */
export function timeOfRecord({ parts }: Pick<SourceRecord, 'parts'>): string | null {
  const starts = [parts.session, parts.acquisition].flatMap((facts) =>
    ['session_start_time', 'acquisition_start_time'].map((key) => facts?.word(key) ?? ''),
  );
  return together(starts, [parts.data_description?.word('creation_time') ?? '']);
}

/** When records say what they say; of a session that is stored, `startTimeAsStated` and `dataCreationTime` tell it. */
export class RecordTimes extends StatedTimesWriter implements StatedTimes {
  ofSession({ extraFields }: Entry): string | null {
    const kept = (extraFields ?? {}) as Record<string, unknown>;
    const linesOf = (name: string): string[] => (typeof kept[name] === 'string' ? kept[name].split('\n') : []);
    return together(linesOf('startTimeAsStated'), linesOf('dataCreationTime'));
  }
}

function together(starts: readonly string[], made: readonly string[]): string | null {
  const [start, files] = [starts, made].map((times) => latest(times.map(sortable)));
  return start == null ? null : `${start} ${files ?? ''}`;
}

function sortable(text: string): string | null {
  const time = statedTime(text);
  return time === null ? null : (time.instant ?? new Date(time.clock).toISOString());
}
