import type { EntryTree } from '../entry-tree';
import { readableText, textOf } from '../json';
import { fit } from '../lengths';
import { ofType } from '../module-type';
import type { ReportWriter } from '../report';
import type { Columns } from './columns';
import type { SetFiles } from './files';
import { appliesTo, type BidsName, kindOf, nameOf, withinSession } from './names';
import type { Recording } from './recordings';
import type { SessionDraft, SessionDrafts } from './sessions';
import type { Table } from './tables';

const implantedSuffix = 'ieeg';

/** The columns of which the session has every value, once. */
const summed = ['type', 'material', 'manufacturer', 'hemisphere', 'group'];

interface Implant {
  key: string;
  name: BidsName;
  /** The session that the table is of. */
  session: string;
}

/**
 * The electrodes of a set. Those in a folder `ieeg` were implanted: one procedure a table, where tables that differ only
 * in the coordinate space are of the same electrodes. What the tables and coordinate systems say otherwise goes to the
 * session; positions stay in the set.
 */
export class Electrodes {
  private readonly implants = new Map<string, Implant>();

  private readonly report: ReportWriter;

  private constructor(private readonly tree: EntryTree) {
    this.report = tree.report;
  }

  static async read(files: SetFiles, sessions: SessionDrafts, tree: EntryTree): Promise<Electrodes> {
    const { report } = tree;
    const electrodes = new Electrodes(tree);
    for (const file of files.endingIn('_electrodes.tsv')) {
      const table = await files.orLeaveOut(file, () => files.wholeTable(file));
      if (table) electrodes.add(table, await files.columnsOf(file), sessions);
    }
    for (const file of files.endingIn('coordsystem.json').filter(({ path }) => /[/_]coordsystem\.json$/.test(path))) {
      const name = nameOf(file.path);
      const fields = await files.orLeaveOut(file, () => files.json(file));
      if (fields === null) continue;
      const draft = sessionOf(name, sessions);
      if (draft === null) {
        report.add('NOT_IMPORTED', 'a coordinate system of no session', { file: file.path }, readableText(fields));
        continue;
      }
      for (const [field, value] of Object.entries(fields)) {
        const text = readableText(value);
        if (text !== 'n/a') draft.facts.add(`coordsystem_${field}`, text, { file: file.path }, withinSession(name));
      }
    }
    return electrodes;
  }

  /** The keys of the procedures whose electrodes a recording is of. */
  of({ name }: Recording): string[] {
    if (name.suffix !== implantedSuffix) return [];
    return [...(this.bySession().get(`${name.subject}/${name.session}`) ?? [])]
      .filter((implant) => appliesTo(implant.name, name))
      .map(({ key }) => key);
  }

  private sessionIndex: Map<string, Implant[]> | null = null;

  private bySession(): Map<string, Implant[]> {
    if (this.sessionIndex) return this.sessionIndex;
    const index = new Map<string, Implant[]>();
    for (const implant of this.implants.values())
      index.set(implant.session, [...(index.get(implant.session) ?? []), implant]);
    this.sessionIndex = index;
    return index;
  }

  private add(table: Table, columns: Columns, sessions: SessionDrafts): void {
    const name = nameOf(table.file.path);
    const place = { file: table.file.path };
    const draft = sessionOf(name, sessions);
    this.leavePositions(table);
    if (draft !== null) {
      draft.facts.add('electrodes_count', table.rows.length, place, withinSession(name));
      draft.facts.add('electrodes_columns', columns.lines.join('\n'), place, withinSession(name));
      for (const column of summed) {
        draft.facts.add(`electrodes_${column}`, valuesOf(table, column), place, withinSession(name));
      }
    }
    const isImplanted = name.folder.endsWith(`/${implantedSuffix}`) && name.subject !== null && table.rows.length > 0;
    if (isImplanted) this.addImplant(table, name);
  }

  /** What is said of single electrodes stays in the set. */
  private leavePositions({ file, rows, columns }: Table): void {
    for (const column of columns.filter((column) => !summed.includes(column))) {
      const values = rows.flatMap(({ cells }) => cells.get(column) ?? []);
      this.report.leave(kindOf(file.path), column, values[0] ?? null, values.length);
    }
  }

  private addImplant(table: Table, name: BidsName): void {
    const { report } = this;
    const place = { file: table.file.path };
    const entities = new Map([...name.entities].filter(([entity]) => entity !== 'space'));
    const label = [...entities].map(([entity, value]) => `${entity}-${value}`).join('_');
    const key = `procedure:${name.folder}/${label}`;
    if (this.implants.has(key)) {
      report.add('DECIDED', 'electrodes that are listed in several spaces are one implantation', place);
      return;
    }
    const kinds = valuesOf(table, 'type');
    report.add('DECIDED', 'the electrodes of intracranial EEG were implanted: a GenericImplant', place, kinds);
    const notes = `${table.rows.length} electrodes, listed in ${table.file.path}.`;
    const session = `${name.subject}/${name.session}`;
    this.implants.set(key, { key, name: { ...name, entities }, session });
    const fields = {
      subject: `subject:${name.subject}`,
      ...ofType('PROCEDURE', 'GenericImplant'),
      details: { implantType: 'electrode', implantName: ['intracranial EEG', kinds ?? ''].join(' ').trim() },
      notes: fit(notes, 'notes', { report, place, extraFields: 'the key' }),
    };
    this.tree.put('Procedure', key, fields, place);
  }
}

function sessionOf(name: BidsName, sessions: SessionDrafts): SessionDraft | null {
  return name.subject === null ? null : sessions.of(name.subject, name.session, { file: name.path });
}

function valuesOf({ rows }: Table, column: string): string | null {
  const values = new Set(rows.flatMap(({ cells }) => textOf(cells.get(column)) ?? []));
  return values.size === 0 ? null : [...values].join(', ');
}
