import { basename, resolve } from 'node:path';
import { isOneOf, withinAttributes } from '../../model/families';
import { fieldName } from '../../model/names';
import { canonicalIdentifier } from '../../model/project-identifiers';
import { writableFields } from '../../tree/writable';
import { EntryTree } from '../entry-tree';
import { ImportError, ImportErrors } from '../import-error';
import { listOf } from '../json';
import { KeptAside } from '../kept-aside';
import { maximumLength, shorten } from '../lengths';
import { type Place, type Report, ReportWriter } from '../report';
import type { SourceTree } from '../source-tree';
import { SpeciesRegister } from '../species-register';
import { chooseProject, type ChosenProject, parentField, recordsOfProject } from './choose-project';
import { putLogEntries, putProtocols } from './inside';
import { type ExportContext, RecordDraft } from './record-draft';
import { idIn, Records, type SourceRecord } from './records';
import { reworded } from './reworded';
import { readAnswers } from './source-files';
import { dropAbsent, idsOf, storableOf } from './storable';

/**
 * Reads what BrainSTEM's API has answered, saved to a file or a folder, and maps one project of it with everything inside. The
 * UUIDs of BrainSTEM are the keys, so that another export of the same project is the same here. `wanted` says which
 * project, by id or name, where an export holds several; `timeZone` is where clocks showed times that state no zone.
 *
 * Throws an ImportError, and gives nothing, for what is no answer of the API, for lists of which pages are missing, and for
 * species, suppliers and other shared terms that are named and not there: it says where to get them.
 */
export async function readBrainstem(
  path: string,
  onRead: (read: number, all: number) => void = () => {},
  timeZone: string | null = null,
  wanted: string | null = null,
): Promise<{ tree: SourceTree; report: Report; places: ReadonlyMap<string, Place> }> {
  const report = new ReportWriter(reworded);
  const answers = await readAnswers(path, report, onRead);
  const records = Records.read(answers, report);
  const project = chooseProject(records, wanted, path);
  report.countRead('files', answers.length);
  report.countRead('objects', records.all.length);
  const mapping = new Export(records, project, { report, timeZone, path });
  return { tree: mapping.read(), report: report.finish(), places: mapping.places };
}

class Export {
  private readonly tree: EntryTree;
  private readonly context: ExportContext;
  private readonly missing = new Map<string, { ids: Set<string>; record: SourceRecord }>();
  private readonly orders = new Map<string, number>();

  constructor(
    private readonly records: Records,
    private readonly project: ChosenProject,
    private readonly given: { report: ReportWriter; timeZone: string | null; path: string },
  ) {
    this.tree = new EntryTree(given.report);
    const missTerm = (type: string, id: string, record: SourceRecord): void => {
      const known = this.missing.get(type) ?? { ids: new Set(), record };
      known.ids.add(id);
      this.missing.set(type, known);
    };
    const aside = new KeptAside(this.tree, project.id);
    this.context = { records, ...given, aside, missTerm };
  }

  get places(): ReadonlyMap<string, Place> {
    return this.tree.places;
  }

  read(): SourceTree {
    const { tree, records, project } = this;
    const chosen = recordsOfProject(records, project);
    this.tellOfOthers(chosen);
    const drafts = [...chosen].map((record) => new RecordDraft(record, this.context));
    takeOffspring(drafts);
    this.refuseMissingTerms();
    const storable = storableOf(drafts, (draft, lacks, there) => this.keepWhole(draft, lacks, there));
    const there = idsOf(storable);
    const name = basename(resolve(this.given.path)).replace(/\.json$/, '');
    const place = project.record?.place ?? { file: name };
    // Who behaves in a session has taken part in it, and the other way round where a behavior names nobody.
    const behaviors = storable.filter(({ record }) => record.type === 'Behavior');
    for (const draft of storable) {
      if (draft.record.type === 'Session') draft.fields['subjects'] ??= subjectsOf(behaviors, draft.record.id);
      if (draft.record.type !== 'Behavior') this.put(draft, there);
    }
    for (const draft of behaviors) this.put(draft, there);
    const identifier = canonicalIdentifier('BRAINSTEM', project.id);
    const identifiers = identifier === null ? [] : [{ scheme: 'BRAINSTEM', value: identifier }];
    tree.put('Project', project.id, { identifiers }, place, { name: shorten(name, maximumLength.projectName) });
    this.context.aside.finish(place);
    const source = {
      kind: 'BRAINSTEM' as const,
      ...{ identifier: project.id, version: null, url: null, openAccess: null },
    };
    return { source, isWhole: this.isWhole(), ...tree.finish() };
  }

  private put(draft: RecordDraft, there: ReadonlySet<string>): void {
    const { tree, context } = this;
    const { record, fields, assumed } = draft;
    dropAbsent(draft, there);
    if (record.type === 'Subject') assumed['species'] = this.speciesOf(draft);
    if (record.type === 'Behavior') assumed['subjects'] = tree.get(idIn(record.fields.session) ?? '')?.['subjects'];
    if (writableFields(record.type).some(({ name }) => name === 'order')) assumed['order'] = this.nextOrder(draft);
    tree.put(record.type, record.id, fields, record.place, assumed);
    if (record.type === 'DataStorage') putProtocols(draft, context, tree);
    if (record.type.endsWith('Log')) putLogEntries(draft, context, tree);
  }

  private speciesOf({ fields, record }: RecordDraft): string | undefined {
    if (fields['species'] !== undefined) return undefined;
    return new SpeciesRegister(this.tree).keyOf(null, record.place);
  }

  private nextOrder({ record, fields }: RecordDraft): number {
    const siblings = `${record.type} ${String(fields[parentField(record.type) ?? ''])}`;
    const order = this.orders.get(siblings) ?? 0;
    this.orders.set(siblings, order + 1);
    return order;
  }

  /** A record that cannot be stored as what it is. One of an attribute, which is shared on its own, is only told. */
  private keepWhole({ record, fields }: RecordDraft, lacks: readonly string[], there: ReadonlySet<string>): void {
    const { report, aside } = this.context;
    const isOfAttribute = isOneOf(withinAttributes, record.type);
    const kept = isOfAttribute ? '' : '; it is whole in extraFields of what it belongs to';
    report.add('NOT_IMPORTED', `${record.type}: it lacks ${lacks.join(', ')}${kept}`, record.place, record.id);
    const parent = String(fields[parentField(record.type) ?? '']);
    const owner = there.has(parent) ? parent : this.project.id;
    if (!isOfAttribute) aside.keep(owner, fieldName(record.type), JSON.stringify(record.fields), record.place);
  }

  private tellOfOthers(chosen: ReadonlySet<SourceRecord>): void {
    const message = 'of another project, or of something that the export does not hold';
    for (const record of this.records.all)
      if (!chosen.has(record))
        this.given.report.add('NOT_IMPORTED', `${record.type}: ${message}`, record.place, record.id);
  }

  private refuseMissingTerms(): void {
    const errors = [...this.missing].map(([type, { ids, record }]) => {
      const what = `A ${type} is named that the export does not hold: ${[...ids][0]}${ids.size > 1 ? ` (and ${ids.size - 1} more)` : ''}.`;
      const remedy = `Save the list of them beside it, as the API answers: …/${type.toLowerCase()}/?limit=100.`;
      return new ImportError({ file: record.place.file, what, remedy });
    });
    const [first, ...others] = errors;
    if (first) throw new ImportErrors([first, ...others]);
  }

  /** Whether the export holds everything that the project lists. */
  private isWhole(): boolean {
    const { fields } = this.project.record ?? {};
    if (!fields) return false;
    const listed = [...listOf(fields.subjects), ...listOf(fields.sessions)];
    const isListed = Array.isArray(fields.subjects) && Array.isArray(fields.sessions);
    return isListed && listed.every((one) => this.records.get(idIn(one)) !== undefined);
  }
}

/** A subject names the breeding of which it was born. */
function takeOffspring(drafts: readonly RecordDraft[]): void {
  const breedings = new Map(
    drafts.filter(({ record }) => record.type === 'Breeding').map((draft) => [draft.record.id, draft]),
  );
  for (const { record } of drafts.filter(({ record: { type } }) => type === 'Subject')) {
    const breeding = breedings.get(idIn(record.fields.breeding) ?? '');
    if (breeding) breeding.fields['offspring'] = [...((breeding.fields['offspring'] ?? []) as string[]), record.id];
  }
}

function subjectsOf(behaviors: readonly RecordDraft[], session: string): unknown[] {
  const inside = behaviors.filter(({ fields }) => fields['session'] === session);
  return [...new Set(inside.flatMap(({ fields }) => (fields['subjects'] ?? []) as unknown[]))];
}
