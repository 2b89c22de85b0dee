import { basename, resolve } from 'node:path';
import type { NodeName } from '../../model/ids';
import { fieldName } from '../../model/names';
import { writableFields, writableTypes } from '../../tree/writable';
import { EntryTree } from '../entry-tree';
import { digestOf } from '../folder-digest';
import { KeptAside } from '../kept-aside';
import { maximumLength, shorten } from '../lengths';
import { spelledModuleType } from '../module-type';
import { type Place, type Report, ReportWriter } from '../report';
import type { SourceTree } from '../source-tree';
import { SpeciesRegister } from '../species-register';
import { columnsOf, isReworded } from './columns';
import { CellFaults } from './faults';
import { listTables } from './folder';
import { putRow, type SetContext } from './put-row';
import { References } from './references';
import { RowKeys } from './row-keys';
import { Row } from './rows';
import { readTable } from './tables';

/** How far the reading of a set has come. */
export interface CsvProgress {
  tables: number;
  tablesTotal: number;
}

/**
 * Reads a lab's own tables from a folder, one a type, and maps them to a project with everything inside. Nothing is written,
 * and the same folder gives the same tree each time; `timeZone` is where clocks showed times that state no zone.
 *
 * Throws an ImportError, and gives nothing, for a table that cannot be read whole, and for cells that would be stored
 * wrongly: those are told all at once, by file, row and column. Everything else that needed a decision is in the report.
 */
export async function readCsv(
  folder: string,
  onProgress: (progress: CsvProgress) => void = () => {},
  timeZone: string | null = null,
): Promise<{ tree: SourceTree; report: Report; places: ReadonlyMap<string, Place> }> {
  const report = new ReportWriter();
  const files = await listTables(folder, report);
  const rows: Row[] = [];
  for (const [index, file] of files.entries()) {
    const table = await readTable(file, report);
    const columns = columnsOf(table);
    for (const column of columns) if (isReworded(column)) report.ledger.noteReworded(file.name, column.name);
    rows.push(...table.rows.map((row) => new Row(row, columns)));
    report.countRead(`rows of ${file.name}`, table.rows.length);
    onProgress({ tables: index + 1, tablesTotal: files.length });
  }
  const set = new CsvSet(report, timeZone, basename(resolve(folder)), await digestOf(folder));
  return { tree: set.read(rows), report: report.finish(), places: set.places };
}

class CsvSet {
  private readonly tree: EntryTree;
  private readonly faults = new CellFaults();
  private readonly keys: RowKeys;
  private readonly orders = new Map<string, number>();

  constructor(
    private readonly report: ReportWriter,
    private readonly timeZone: string | null,
    private readonly folder: string,
    private readonly digest: string,
  ) {
    this.tree = new EntryTree(report);
    this.keys = new RowKeys(this.faults, report, timeZone);
  }

  get places(): ReadonlyMap<string, Place> {
    return this.tree.places;
  }

  read(rows: readonly Row[]): SourceTree {
    const { tree, report } = this;
    const project = this.projectOf(rows.filter(({ type }) => type === 'Project'));
    const aside = new KeptAside(tree, project.key);
    this.nameExtraFields(rows);
    const context = this.contextOf(aside);
    const others = rows.filter(({ type }) => type !== 'Project');
    const ordered = referredToFirst().flatMap((type) => others.filter((row) => row.type === type));
    const kept = ordered.filter((row) => this.keys.add(row));
    if (project.row) putRow(project.row, context);
    tree.put('Project', project.key, {}, { file: this.folder }, { name: this.projectName });
    for (const row of kept) putRow(row, context);
    this.takePublications(project.key, kept);
    this.faults.throwIfAny();
    aside.finish({ file: this.folder });
    if (others.length === 0) report.add('DECIDED', 'no table holds a row: a project alone', { file: this.folder });
    const identifier = project.key.replace(/^project:/, '');
    const source = { kind: 'CSV' as const, identifier, version: null, url: null, openAccess: null };
    return { source, isWhole: true, ...tree.finish() };
  }

  /** The papers of a set are those of its project, unless its row names some of them. */
  private takePublications(project: string, rows: readonly Row[]): void {
    if (this.tree.get(project)?.['publications'] !== undefined) return;
    const publications = rows.filter(({ type }) => type === 'Publication').map(({ key }) => key);
    this.tree.put('Project', project, { publications }, { file: this.folder });
  }

  /** What the project is called where no row says so. */
  private get projectName(): string {
    return shorten(this.folder, maximumLength.projectName);
  }

  /** The project is known by its own key, else by the place of its folder: many folders are called alike. */
  private projectOf(rows: readonly Row[]): { key: string; row: Row | null } {
    const [row = null, second] = rows;
    const what = 'The set has another project in row';
    const remedy = 'Keep one row: a set is one project.';
    if (row && second)
      this.faults.add(second.place, 'name', second.name ?? null, { what: `${what} ${row.place.line}.`, remedy });
    const key = `project:CSV:${row?.ownKey ?? `${this.folder} @ ${this.digest}`}`;
    if (row) row.key = key;
    return { key, row };
  }

  private contextOf(aside: KeptAside): SetContext {
    const { tree, faults, timeZone } = this;
    return {
      ...{ tree, faults, aside, timeZone, projectName: this.projectName },
      references: new References(this.keys, tree, new SpeciesRegister(tree)),
      typeOfLog: (row) => {
        const text = this.keys.parentOf(row)?.cell('moduleType');
        const kind = row.type === 'SubjectLogEntry' ? 'SUBJECT_LOG' : 'PROCEDURE_LOG';
        return text === undefined ? undefined : (spelledModuleType(kind, text) ?? undefined);
      },
      nextOrder: (type, parent) => {
        const order = this.orders.get(`${type} ${parent}`) ?? 0;
        this.orders.set(`${type} ${parent}`, order + 1);
        return order;
      },
    };
  }

  /** In the order of the columns, so that no key depends on which cells are empty. */
  private nameExtraFields(rows: readonly Row[]): void {
    for (const columns of new Set(rows.map((row) => row.columns))) {
      const owner = rows.find((row) => row.columns === columns)!;
      const keepsExtra = writableFields(owner.type).some(({ is }) => is === 'extraFields');
      for (const column of columns)
        if (column.is === 'extra' && keepsExtra) this.tree.fieldKeys.keyOf(fieldName(owner.type), column.extra);
    }
  }
}

/** Every type after those that it refers to. */
function referredToFirst(): NodeName[] {
  const placed = new Set<NodeName>();
  const place = (type: NodeName): void => {
    if (placed.has(type)) return;
    placed.add(type);
    for (const { target } of writableFields(type)) if (target !== null) place(target);
    order.push(type);
  };
  const order: NodeName[] = [];
  for (const type of writableTypes().keys()) place(type);
  return order;
}
