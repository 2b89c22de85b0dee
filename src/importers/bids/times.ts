import { momentIn } from '../spelled-values';
import { instantOfLocal, utcInstant } from '../times';
import type { ReportWriter } from '../report';
import type { Row } from './tables';

/** BIDS marks dates that were shifted, so that nobody can be recognised by them, with a year up to this one. */
const lastShiftedYear = 1925;

/** When something was acquired: as stated, and the instant in UTC where that is one. */
export interface AcquisitionTime {
  text: string;
  instant: string | null;
}

/** How times of a set are read: BIDS writes them as clocks showed them, in a zone that only people know. */
export interface Clock {
  report: ReportWriter;
  /** An IANA time zone; null where nobody has told it. */
  timeZone: string | null;
}

/**
 * The `acq_time` of a row; null where it states none. A time without a zone is no instant unless the zone is told, nor is a
 * shifted one, nor a text that is no date and time: all are reported.
 */
export function acquisitionTime(row: Row, { report, timeZone }: Clock): AcquisitionTime | null {
  const text = row.cells.get('acq_time');
  if (text === undefined) return null;
  const plain = utcInstant(text) ?? (timeZone === null ? null : instantOfLocal(text, timeZone));
  const moment = momentIn(text, timeZone ?? 'UTC');
  const isOther = plain === null && timeZone !== null && 'value' in moment && moment.isDay !== true;
  if (isOther && moment.decided !== undefined) report.add('DECIDED', moment.decided, row.place, text);
  const instant = isOther ? moment.value : plain;
  if (instant === null && !isLocalTime(text) && !('value' in moment)) {
    report.add('NOT_UNDERSTOOD', 'an acq_time that is no date and time stays in extraFields', row.place, text);
    return { text, instant };
  }
  if (instant === null) {
    report.add(
      'NOT_UNDERSTOOD',
      'an acq_time without a zone is no instant: it stays in extraFields (--time-zone says where)',
      row.place,
      text,
    );
    return { text, instant };
  }
  if (Number(instant.slice(0, 4)) > lastShiftedYear) return { text, instant };
  report.add('DECIDED', 'an acq_time of 1925 or before is a shifted date (BIDS): it is no start', row.place, text);
  return { text, instant: null };
}

/** A date and time, a date, or a time of day, that exists; without a zone. */
function isLocalTime(text: string): boolean {
  const [day, time] = /^\d{4}-\d\d-\d\d/.test(text) ? [text.slice(0, 10), text.slice(10)] : ['2000-01-01', `T${text}`];
  return utcInstant(`${day}${time === '' ? 'T00:00:00' : time}Z`) !== null;
}
