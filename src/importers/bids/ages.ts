import { fit } from '../lengths';
import { ageIn } from '../spelled-values';
import { durationUnit } from '../times';
import { isSaidUnknown } from '../vocabulary';
import { type Aside, type Cell, leaveCode } from './aside';
import type { Columns } from './columns';
import { cellOf } from './participants';
import { animalPrefix } from './species';
import type { Row } from './tables';

/** `age (weeks)`, `age_in_months`, `rat_age_days`: a column that says its unit by its name. */
const withUnit = /^age[\s_-]*(?:in[\s_-]*)?[([]?\s*([a-z]+)\s*[)\]]?$/i;
/** More years than mice, rats and fish live. */
const mostYears = 5;

const unitInName = (column: string): string | null => {
  const unit = withUnit.exec(column.replace(animalPrefix, ''))?.[1] ?? null;
  return durationUnit(unit) === null ? null : unit;
};

/** The cell of a row that states an age: of the column `age`, else of one that also says the unit. */
export function ageCellOf(row: Row | null): Cell {
  const plain = cellOf(row, 'age');
  if (plain !== null || row === null) return plain;
  const found = [...row.cells].filter(([column]) => unitInName(column) !== null);
  return found.length === 1 ? { column: found[0]![0], value: found[0]![1] } : null;
}

/**
 * An age in the unit that it states, or its column, or the JSON, else in years, as BIDS says, unless no such animal lives as long.
 * `89+` and `2-4` are no duration, and stay as stated in extraFields.
 */
export function ageOf(cell: Cell, columns: Columns, isShortLived: boolean, aside: Aside): string | null {
  const { report, place, extraFields } = aside;
  if (cell === null || isSaidUnknown(cell.value)) {
    report.add('DECIDED', 'a subject’s age is not stated', place);
    return null;
  }
  const { column, value } = cell;
  const unit = unitInName(column) ?? unitTold(column, columns);
  const own = ageIn(value);
  if (columns.isUnread && unit === null && !('value' in own)) {
    leaveCode(cell, aside);
    return null;
  }
  const isTooOld = unit === null && isShortLived && Number(value.replace(',', '.')) > mostYears;
  const reading = isTooOld ? own : ageIn(value, unit ?? 'years');
  if ('value' in reading) {
    if (reading.decided !== undefined) report.add('DECIDED', reading.decided, place, value);
    if (unit === null && !('value' in own))
      report.add('DECIDED', 'an age without a unit is in years, as BIDS says', place, value);
    return fit(reading.value, 'age', { report, place, extraFields });
  }
  report.add('NOT_UNDERSTOOD', 'an age is no number of a known unit: it stays as stated in extraFields', place, value);
  const stated = columns.unit(column);
  extraFields.keep('ageAsStated', stated === null ? value : `${value} (${stated})`, place);
  return null;
}

/** The unit of a column as its JSON states it, or says it in words: `Age in months`. Null where it says none, or several. */
function unitTold(column: string, columns: Columns): string | null {
  const stated = columns.unit(column);
  if (stated !== null) return wordOf(stated) ?? stated;
  const about = columns.about(column);
  return wordOf(/\bin (\p{L}+)/u.exec(about)?.[1] ?? '') ?? wordOf(about);
}

function wordOf(text: string): string | null {
  const words = (text.match(/\p{L}{2,}/gu) ?? []).filter((word) => durationUnit(word) !== null);
  const [first = null, ...others] = new Set(words.map((word) => durationUnit(word)));
  return first === null || others.length > 0 ? null : words[0]!;
}
