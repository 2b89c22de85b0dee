import type { EntryTree } from '../entry-tree';
import { fit } from '../lengths';
import { ofType } from '../module-type';
import type { SetFiles } from './files';
import { type BidsName, nameOf } from './names';
import type { Recording } from './recordings';
import type { Row } from './tables';

const recorded = ['ecephys', 'icephys'];

/** The probes of `probes.tsv`, each an implantation, which the microelectrode recordings beside it refer to. */
export class Probes {
  private readonly byFolder = new Map<string, string[]>();

  /** What the set says of the columns of its tables of probes, each line once. */
  readonly columnLines = new Set<string>();

  private constructor(private readonly tree: EntryTree) {}

  static async read(files: SetFiles, tree: EntryTree): Promise<Probes> {
    const probes = new Probes(tree);
    for (const file of files.endingIn('_probes.tsv')) {
      const table = await files.orLeaveOut(file, () => files.table(file));
      const columns = await files.columnsOf(file);
      for (const line of columns.lines) probes.columnLines.add(line);
      const idColumn = table?.columns.includes('probe_name') ? 'probe_name' : 'probe_id';
      for (const row of table ? files.rowsStating(table, idColumn) : []) probes.add(nameOf(file.path), idColumn, row);
    }
    return probes;
  }

  /** The keys of the procedures in which the probes of a recording were implanted. */
  of({ name }: Recording): string[] {
    return recorded.includes(name.suffix) ? (this.byFolder.get(name.folder) ?? []) : [];
  }

  private add(name: BidsName, idColumn: string, { cells, place }: Row): void {
    const probe = cells.get(idColumn)!;
    if (name.subject === null) return;
    const kind = cells.get('type') ?? '';
    const isSilicon = /silicon|neuropixels/i.test(kind);
    const said = [...cells].filter(([column]) => column !== idColumn).map(([column, value]) => `${column}: ${value}.`);
    const key = `procedure:${name.folder}/${probe}`;
    const implantName = [probe, kind].filter((part) => part !== '').join(' ');
    const fields = {
      subject: `subject:${name.subject}`,
      ...ofType('PROCEDURE', isSilicon ? 'SiliconProbeImplant' : 'GenericImplant'),
      details: isSilicon
        ? { probeId: cells.get('device_serial_number') ?? probe }
        : { implantType: 'electrode', implantName },
      notes: fit(`Probe ${probe}. ${said.join(' ')}`.trim(), 'notes', {
        ...{ report: this.tree.report, place, extraFields: 'the source' },
      }),
    };
    this.tree.put('Procedure', key, fields, place);
    this.byFolder.set(name.folder, [...(this.byFolder.get(name.folder) ?? []), key]);
  }
}
