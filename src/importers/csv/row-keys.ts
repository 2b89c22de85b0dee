import { isDeepStrictEqual } from 'node:util';
import type { NodeName } from '../../model/ids';
import { fieldName } from '../../model/names';
import type { ReportWriter } from '../report';
import { momentIn, plainSpelling } from '../spelled-values';
import { kindOf, spelledModuleType } from '../module-type';
import { speciesOfSpelling } from '../vocabulary';
import type { CellFaults } from './faults';
import type { Row } from './rows';

/** What tells rows without a name from others of the same parent; none of them is their place in the table. */
const telling = [
  ...(['moduleType', 'protocol', 'path', 'fileName', 'dateTime', 'startedAt', 'epoch'] as const),
  ...(['setup', 'behavioralParadigm', 'consumable', 'brainRegion'] as const),
];

const namingRemedy = 'Give each a `key` of its own, which never changes.';

/**
 * The rows of a set by what they are called: by their own keys, else by their names, within what they belong to. Their
 * entries' keys are made of the same, so that another import finds them again.
 */
export class RowKeys {
  private readonly byKey = new Map<string, Row>();
  /** Rows by type and by what they may be called: own keys, names, paths, and any of them in another spelling. */
  private readonly spelledAlike = new Map<string, Row[]>();
  private readonly ways = [
    new Map<string, Row[]>(),
    new Map<string, Row[]>(),
    new Map<string, Row[]>(),
    this.spelledAlike,
  ];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly faults: CellFaults,
    private readonly report: ReportWriter,
    private readonly timeZone: string | null,
  ) {}

  /** Gives a row its key; false for a row that says the same as another. What it belongs to has to have its key already. */
  add(row: Row): boolean {
    const base = `${fieldName(row.type)}:${row.ownKey ?? this.pathOf(row)}`;
    const other = this.byKey.get(base);
    row.key = base;
    if (other && isDeepStrictEqual(other.source.cells, row.source.cells)) {
      this.report.add('DECIDED', 'a row that says the same as one before is one with it', row.place);
      return false;
    }
    if (other && (row.isNamed || row.ownKey !== undefined)) {
      const what = `This is there twice, in row ${other.place.line} as well.`;
      this.faults.add(row.place, row.ownKey === undefined ? 'name' : 'key', row.ownKey ?? row.name ?? null, {
        what,
        remedy: namingRemedy,
      });
      return false;
    }
    if (other) row.key = this.numbered(base, row);
    this.byKey.set(row.key, row);
    this.enter(row);
    return true;
  }

  /** The row that a cell names: by own key, by name, or by both as `Rig 1/camera`. Null for none, several where it is open. */
  find(target: NodeName, text: string, from: Row): Row | null | 'SEVERAL' {
    const asked = [text, text, text, plainSpelling(text)];
    for (const [way, called] of this.ways.entries()) {
      const found = asked[way] === '' ? [] : (called.get(`${target} ${asked[way]}`) ?? []);
      const near = found.length > 1 ? found.filter((row) => this.isNear(row, from)) : found;
      if (found.length > 0 && near.length !== 1) return 'SEVERAL';
      if (near.length === 0) continue;
      if (called === this.spelledAlike)
        this.report.add('DECIDED', `a ${target} is named in another spelling`, from.place, text);
      return near[0]!;
    }
    return null;
  }

  /** The row that what a row belongs to stands in; null where it names none that there is. */
  parentOf(row: Row): Row | null {
    const { parent } = row;
    const text = parent && row.cell(parent.name);
    if (text === undefined) return null;
    const found = this.find(parent!.target!, text, row);
    return found === 'SEVERAL' ? null : found;
  }

  private enter(row: Row): void {
    const path = row.key.slice(fieldName(row.type).length + 1);
    const spelled = [...new Set([row.ownKey ?? '', row.name ?? ''].map(plainSpelling))];
    const names = [[row.ownKey ?? ''], [row.name ?? ''], [path], spelled];
    for (const [way, called] of this.ways.entries()) {
      for (const name of names[way]!.filter((one) => one !== '')) {
        const at = `${row.type} ${name}`;
        const known = called.get(at);
        if (known) known.push(row);
        else called.set(at, [row]);
      }
    }
  }

  /** Whether two rows belong to the same, or one to what the other names. */
  private isNear(row: Row, from: Row): boolean {
    const [parent, own] = [this.parentOf(row), this.parentOf(from)];
    if (parent === null) return false;
    const around = own === null ? [from] : [from, own];
    return parent === own || around.some((one) => this.names(one, parent));
  }

  private names(row: Row, other: Row): boolean {
    return row.columns.some((column) => {
      if (column.is !== 'field' || column.field.target !== other.type) return false;
      const texts = (row.text(column) ?? '').split(';').map((text) => text.trim());
      return texts.some((text) => text !== '' && [other.ownKey, other.name].includes(text));
    });
  }

  /** What it is called, after what it belongs to: `Night 1/lights on`. */
  private pathOf(row: Row): string {
    const species = row.type === 'Species' ? speciesOfSpelling(row.name ?? '') : null;
    // Whatever a subject calls it is this row.
    if (species !== null) return `NCBITaxon:${species.taxon}`;
    const parent = this.parentOf(row)?.key.replace(/^\w+:/, '') ?? (row.parent ? row.cell(row.parent.name) : undefined);
    const told = row.isNamed ? [row.name ?? ''] : telling.flatMap((field) => this.toldBy(row, field) ?? []);
    return [...(parent === undefined ? [] : [parent]), ...told].join('/');
  }

  /** A text in one spelling, so that a table that is written otherwise names the same. */
  private toldBy(row: Row, field: (typeof telling)[number]): string | undefined {
    const text = row.cell(field);
    if (text === undefined) return undefined;
    const kind = kindOf(row.type);
    if (field === 'moduleType' && kind) return spelledModuleType(kind, text) ?? text;
    if (field !== 'dateTime' && field !== 'startedAt') return text;
    const moment = momentIn(text, this.timeZone);
    return 'value' in moment ? moment.value : text;
  }

  private numbered(base: string, row: Row): string {
    const number = (this.numbers.get(base) ?? 1) + 1;
    this.numbers.set(base, number);
    const message = 'rows that nothing tells apart are known by their order: a `key` would tell them';
    this.report.add('DECIDED', message, row.place, base);
    return `${base} ${number}`;
  }
}
