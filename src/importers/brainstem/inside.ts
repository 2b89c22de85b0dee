import type { NodeName } from '../../model/ids';
import { type WritableField, writableFields } from '../../tree/writable';
import { isRecord, type JsonRecord, listOf, textOf } from '../json';
import { momentIn } from '../spelled-values';
import type { EntryTree } from '../entry-tree';
import { readDetails } from './details';
import type { ExportContext, RecordDraft } from './record-draft';

/** Where the files of a storage are: a protocol for each that its record lists. */
export function putProtocols(draft: RecordDraft, context: ExportContext, tree: EntryTree): void {
  const { record } = draft;
  for (const [order, one] of listOf(record.fields.data_protocols).entries()) {
    const stated = isRecord(one) ? one : {};
    const [protocol, path] = [textOf(stated.protocol), textOf(stated.path)];
    if (protocol === null || path === null || protocol.length > 60 || path.length > 1000) {
      context.report.add('NOT_UNDERSTOOD', 'a protocol of a storage without its name or path', record.place);
      draft.keep(`data_protocols${order + 1}`, one);
      continue;
    }
    if (stated.is_public === true)
      context.report.add('NOT_IMPORTED', 'is_public: nothing is published by an import', record.place);
    const fields = { dataStorage: record.id, protocol, path };
    tree.put('DataStorageProtocol', `${record.id}/${protocol}/${path}`, fields, record.place, { order });
  }
}

/** The entries of a log, each known by the moment at which it begins. */
export function putLogEntries(draft: RecordDraft, context: ExportContext, tree: EntryTree): void {
  const { record, fields } = draft;
  const isOfSubject = record.type === 'SubjectLog';
  for (const one of listOf(record.fields.entries)) {
    const stated = isRecord(one) ? one : {};
    const begun = textOf(stated.date_time) ?? textOf(stated.start_date_time);
    const moment = begun === null ? null : momentIn(begun, context.timeZone);
    const read = readDetails(
      isOfSubject ? 'SUBJECT_LOG' : 'PROCEDURE_LOG',
      String(fields['moduleType']),
      isRecord(stated.details) ? stated.details : {},
    );
    if (moment === null || !('value' in moment) || read.assumed === null) {
      const message = 'an entry of a log without its moment or what its type needs: it is whole in extraFields';
      context.report.add('NOT_UNDERSTOOD', message, record.place, begun);
      draft.keep('entry', one);
      continue;
    }
    const key = freeKey(tree, `${record.id}/${moment.value}`);
    const type = isOfSubject ? 'SubjectLogEntry' : 'ProcedureLogEntry';
    const notes = textOf(stated.notes);
    const own = {
      ...{ log: record.id, startedAt: moment.value, endedAt: endIn(stated, context), details: read.details },
      notes: notes === null ? null : context.aside.fit(key, noteField(type), notes, record.place),
    };
    tree.put(type, key, own, record.place, { details: read.assumed });
    for (const [name, left] of Object.entries({ ...read.rest, ...furtherIn(stated) })) {
      context.report.add('NOT_UNDERSTOOD', `${type} ${name}: no such value of its type`, record.place);
      draft.keep(`entry_${name}`, left);
    }
  }
}

function endIn(stated: JsonRecord, { timeZone }: ExportContext): string | null {
  const text = textOf(stated.end_date_time);
  const moment = text === null ? null : momentIn(text, timeZone);
  return moment && 'value' in moment ? moment.value : null;
}

const known = ['id', 'date_time', 'start_date_time', 'end_date_time', 'notes', 'details'];

function furtherIn(stated: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(stated).filter(([name, value]) => !known.includes(name) && value !== null));
}

function noteField(type: NodeName): WritableField {
  return writableFields(type).find(({ name }) => name === 'notes')!;
}

/** Entries of one moment are told apart by their order. */
function freeKey(tree: EntryTree, base: string): string {
  let key = base;
  for (let number = 2; tree.has(key); number += 1) key = `${base} ${number}`;
  return key;
}
