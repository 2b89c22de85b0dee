import { isTerm } from '../../model/families';
import { isUnstated } from '../cells';
import type { ModuleKind } from '../../domain/module/registry';
import { assumedChoices } from '../assumed-fields';
import { type WritableField, writableFields } from '../../tree/writable';
import { isEmpty, isRecord, type Json, type JsonRecord, listOf, readableText } from '../json';
import type { KeptAside } from '../kept-aside';
import { kindOf, ofType, spelledModuleType } from '../module-type';
import type { ReportWriter } from '../report';
import { momentIn } from '../spelled-values';
import { readDetails } from './details';
import { useOf } from './fields';
import { idIn, type Records, type SourceRecord } from './records';
import { readValue } from './values';

type Fields = Record<string, unknown>;

/** What the mapping of all records of one export shares. */
export interface ExportContext {
  records: Records;
  report: ReportWriter;
  aside: KeptAside;
  timeZone: string | null;
  /** Tells of a shared term that the export names and does not hold. */
  missTerm: (type: string, id: string, record: SourceRecord) => void;
}

/** What BrainSTEM keeps in fields that become objects of their own, or others' fields. */
const readElsewhere = ['id', 'entries', 'data_protocols'];

/** A record as it would be in a tree, before it is known whether all that it refers to is. */
export class RecordDraft {
  readonly fields: Fields = {};
  readonly assumed: Fields = {};
  /** Whether its details lack what nothing can stand for. */
  private isWanting = false;

  constructor(
    readonly record: SourceRecord,
    private readonly context: ExportContext,
  ) {
    Object.assign(this.assumed, assumedChoices(record.type));
    this.readType();
    for (const [name, value] of Object.entries(record.fields)) {
      if (!isEmpty(value) && !readElsewhere.includes(name)) this.take(name, value);
    }
    this.assumeDetails();
    if (record.type === 'Subject') this.fields['species'] ??= this.speciesOfStrain();
  }

  /** What a new object cannot be without, and is neither stated nor assumed. */
  get lacks(): string[] {
    const required = writableFields(this.record.type).filter(({ isRequired }) => isRequired);
    const names = required.map(({ name }) => (name === 'moduleType' ? 'type' : name));
    const lacking = names.filter((name) => {
      const field = name === 'type' ? 'moduleType' : name;
      return isNothing(this.fields[field]) && isNothing(this.assumed[field]);
    });
    return this.isWanting ? [...lacking, 'details'] : lacking;
  }

  keep(name: string, value: Json): void {
    const { record, context } = this;
    const kept = typeof value === 'number' ? value : this.told(value);
    context.aside.keep(record.id, name, kept, record.place);
  }

  private take(name: string, value: Json): void {
    const { record, context } = this;
    const use = useOf(record.type, name);
    if ('leftOut' in use) {
      if (value !== false) context.report.add('NOT_IMPORTED', `${name}: ${use.leftOut}`, record.place);
    } else if ('saidByOthers' in use) this.tellOfAbsent(name, value);
    else if ('kept' in use) this.takeOther(name, value);
    else this.takeField(use.field, name, value);
  }

  private takeField(field: WritableField, name: string, value: Json): void {
    const isNone = !field.isRequired && typeof value === 'string' && isUnstated(value.trim()) !== false;
    if (isNone) return this.tellOfNone(name, value);
    if (field.is === 'reference') return this.takeReference(field, value);
    if (field.is === 'extraFields') return this.takeExtraFields(value);
    if (field.is === 'details' || field.is === 'coordinates') return this.takeDetails(field, value);
    if (field.is === 'moduleType') return;
    if (field.is === 'coordinateSystem') return this.takeCoordinateSystem(value);
    const { record, context } = this;
    const moment = field.is === 'day' && typeof value === 'string' ? momentIn(value, context.timeZone) : null;
    if (moment && 'value' in moment && moment.isDay !== true) {
      this.fields[field.name] = moment.value.slice(0, 10);
      return this.keep(name, value);
    }
    const reading = readValue(record.type, field, value, context.timeZone);
    if (!('value' in reading)) return this.misunderstand(name, value, reading.what);
    this.fields[field.name] =
      typeof reading.value === 'string'
        ? context.aside.fit(record.id, field, reading.value, record.place)
        : reading.value;
  }

  private tellOfNone(name: string, value: string): void {
    const { record, context } = this;
    const message = `${record.type} ${name}: taken for n/a, not stated`;
    if (value.trim() !== '') context.report.add('DECIDED', message, record.place, value);
  }

  private takeReference(field: WritableField, value: Json): void {
    const ids = listOf(value).flatMap((one) => {
      const id = idIn(one);
      if (id === null) this.misunderstand(field.name, one, 'this is no UUID');
      return id === null || !this.isThere(field, id) ? [] : [id];
    });
    if (ids.length > 0) this.fields[field.name] = field.isList ? [...new Set(ids)] : ids[0];
  }

  private isThere({ name, target }: WritableField, id: string): boolean {
    const { record, context } = this;
    const found = context.records.get(id);
    if (found?.type === target) return true;
    if (isTerm(target ?? undefined)) context.missTerm(target!, id, record);
    else
      context.report.add(
        'NOT_IMPORTED',
        `${record.type} ${name}: what it names is not in the export`,
        record.place,
        id,
      );
    return false;
  }

  private takeExtraFields(value: Json): void {
    const named = isRecord(value)
      ? Object.entries(value)
      : listOf(value).flatMap((one): [string, Json][] => (isRecord(one) ? extraIn(one) : [['extra', one]]));
    for (const [name, one] of named) this.keep(name, one);
  }

  /** Without the type no details can be read: it comes first. */
  private readType(): void {
    const { type, fields } = this.record;
    const kind = kindOf(type);
    const stated = fields.type;
    const code = kind && typeof stated === 'string' ? spelledModuleType(kind, stated) : null;
    if (kind && code !== null) Object.assign(this.fields, ofType(kind, code));
  }

  private takeCoordinateSystem(value: Json): void {
    const code = typeof value === 'string' ? spelledModuleType('COORDINATES', value) : null;
    if (code === null) this.misunderstand('coordinates_system', value, 'there is no such system');
    else this.fields['coordinateSystem'] = code;
  }

  private takeDetails({ is, isList, name }: WritableField, value: Json): void {
    const system = this.record.fields.coordinates_system;
    const [kind, code] =
      is === 'coordinates'
        ? (['COORDINATES', typeof system === 'string' ? spelledModuleType('COORDINATES', system) : null] as const)
        : [kindOf(this.record.type), this.fields['moduleType']];
    const stated = listOf(value).filter(isRecord);
    if (!kind || typeof code !== 'string' || stated.length === 0)
      return this.misunderstand(name, value, 'its type is not known');
    const read = stated.map((one) => this.fitDetails(kind, code, one, name));
    this.fields[name] = isList ? read : read[0];
  }

  /** Details that fit; the others are kept aside. What they lack is assumed, where anything can stand for it. */
  private fitDetails(kind: ModuleKind, code: string, stated: JsonRecord, name: string): Fields {
    const { details, rest, assumed } = readDetails(kind, code, stated);
    for (const [key, left] of Object.entries(rest))
      this.misunderstand(`${name}_${key}`, left, `no such value of ${code}`);
    if (assumed === null) this.isWanting = true;
    else if (kind === 'MANIPULATION') Object.assign(details, assumed);
    return details;
  }

  /** Details that the type cannot be without, and that nothing states. */
  private assumeDetails(): void {
    const { record, fields } = this;
    const kind = kindOf(record.type);
    const hasDetails = writableFields(record.type).some(({ is, isList }) => is === 'details' && !isList);
    if (!kind || !hasDetails || typeof fields['moduleType'] !== 'string') return;
    const { assumed } = readDetails(kind, fields['moduleType'], (fields['details'] ?? {}) as JsonRecord);
    if (assumed === null) this.isWanting = true;
    else if (Object.keys(assumed).length > 0) this.assumed['details'] = assumed;
  }

  private takeOther(name: string, value: Json): void {
    this.keep(name, value);
    if (name !== 'behavioral_paradigm') return;
    // The shared paradigm has no counterpart; the category that it is of is the assay's own here.
    const category = idIn(this.context.records.unlike.get(idIn(value) ?? '')?.category);
    const field = writableFields('BehavioralParadigm').find((one) => one.name === 'category')!;
    if (category !== null && this.isThere(field, category)) this.fields['category'] ??= category;
  }

  private tellOfAbsent(name: string, value: Json): void {
    const { record, context } = this;
    for (const one of listOf(value)) {
      const id = idIn(one);
      if (id !== null && context.records.get(id) === undefined && !/^projects?$/.test(name))
        context.report.add('NOT_IMPORTED', `${record.type} ${name}: some are not in the export`, record.place, id);
    }
  }

  private speciesOfStrain(): string | undefined {
    const strain = this.context.records.get(idIn(this.record.fields.strain));
    return idIn(strain?.fields.species) ?? undefined;
  }

  private misunderstand(name: string, value: Json, why: string): void {
    const { record, context } = this;
    context.report.add('NOT_UNDERSTOOD', `${record.type} ${name}: ${why}`, record.place, readableText(value));
    this.keep(name, value);
  }

  /** A value as a text for people: names in the place of ids. */
  private told(value: Json): string | null {
    const { records } = this.context;
    const named = (one: Json): Json => {
      const id = isRecord(one) ? null : idIn(one);
      return id === null ? one : records.nameOf(id);
    };
    return readableText(Array.isArray(value) ? value.map(named) : named(value));
  }
}

/** `{"name": "cage", "value": "A"}` or `{"cage": "A"}`. */
function extraIn(one: JsonRecord): [string, Json][] {
  const isNamed = typeof one.name === 'string' && Object.hasOwn(one, 'value');
  return isNamed ? [[one.name as string, one.value ?? null]] : Object.entries(one);
}

function isNothing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
