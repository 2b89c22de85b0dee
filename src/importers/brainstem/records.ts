import { isDeepStrictEqual } from 'node:util';
import { isTerm } from '../../model/families';
import { type NodeName, normalizeId } from '../../model/ids';
import { isUnstated } from '../cells';
import { ImportError } from '../import-error';
import { isRecord, type Json, type JsonRecord, listOf, textOf } from '../json';
import type { Place, ReportWriter } from '../report';
import { useOf } from './fields';
import { type Kind, kindCalled } from './kinds';
import { Pages } from './pages';
import { namesOfKinds, type SavedAnswer } from './source-files';

/** One object of BrainSTEM. */
export interface SourceRecord {
  type: NodeName;
  id: string;
  fields: JsonRecord;
  place: Place;
}

/** What stands beside the records in an answer. */
const ofPaging = ['count', 'next', 'previous', 'meta', 'links'];

const remedy = 'Save what the API answers, as it is: a list such as {"sessions": […]}, or one object.';

/** The id of a UUID, or of an object that was included in its place; null for anything else. */
export function idIn(value: Json | undefined): string | null {
  const text = isRecord(value) ? value.id : value;
  return typeof text === 'string' ? (normalizeId(text.trim()) ?? null) : null;
}

/** All objects that an export holds, in the order met. */
export class Records {
  readonly all: SourceRecord[] = [];
  private readonly byId = new Map<string, SourceRecord[]>();
  /** What objects without a counterpart here are called. */
  private readonly names = new Map<string, string>();
  /** Objects without a counterpart, by id. */
  readonly unlike = new Map<string, JsonRecord>();
  private readonly pages = new Pages();

  constructor(private readonly report: ReportWriter) {}

  /** Throws an ImportError for what is no answer of the API, and for lists of which pages are missing. */
  static read(answers: readonly SavedAnswer[], report: ReportWriter): Records {
    const records = new Records(report);
    for (const answer of answers) records.takeAnswer(answer);
    records.pages.refuseMissing((kind) => records.countOf(kind));
    return records;
  }

  get(id: string | null): SourceRecord | undefined {
    return id === null ? undefined : this.byId.get(id)?.[0];
  }

  /** What a record of any kind is called; the text itself where none is known. */
  nameOf(id: string): string {
    return textOf(this.get(id)?.fields.name) ?? this.names.get(id) ?? id;
  }

  of(type: NodeName): SourceRecord[] {
    return [...this.byId.values()].flatMap(([first]) => (first!.type === type ? first! : []));
  }

  private countOf(kind: Kind): number {
    // Of shared terms, those that are named have to be here, and no others.
    return 'type' in kind && !isTerm(kind.type) ? this.of(kind.type).length : Infinity;
  }

  private takeAnswer(answer: SavedAnswer): void {
    const { value } = answer;
    const ofFile =
      namesOfKinds(answer)
        .map(kindCalled)
        .find((kind) => kind !== null) ?? null;
    if (Array.isArray(value) || (isRecord(value) && Object.hasOwn(value, 'id'))) {
      if (ofFile === null) throw this.fault(answer, 'Nothing says of what kind its objects are.');
      return this.take(ofFile, value, answer);
    }
    if (!isRecord(value)) throw this.fault(answer, 'This is no answer of BrainSTEM’s API.');
    const parts = Object.entries(value).filter(([key]) => !ofPaging.includes(key));
    const known = parts.flatMap(([key, part]) => {
      const kind = kindCalled(key);
      if (kind === null)
        this.report.add('NOT_IMPORTED', `${key}: no kind of object that is known`, { file: answer.name });
      return kind === null ? [] : [{ kind, part }];
    });
    if (known.length === 0) {
      const detail = textOf(value.detail) ?? textOf(value.error);
      const said = detail === null ? '' : ` It says: ${JSON.stringify(detail.slice(0, 100))}.`;
      throw this.fault(answer, `This is no answer of BrainSTEM’s API that holds objects.${said}`);
    }
    const main = known.find(({ kind }) => isDeepStrictEqual(kind, ofFile)) ?? known[0]!;
    this.pages.note(main.kind, value, answer);
    for (const { kind, part } of known) this.take(kind, part, answer);
  }

  private take(kind: Kind, part: Json, answer: SavedAnswer): void {
    const place = { file: answer.name };
    for (const value of listOf(part)) {
      if (!isRecord(value)) throw this.fault(answer, 'There is something that is no object in a list of objects.');
      if ('people' in kind) this.report.add('NOT_IMPORTED', `${kind.people}: people are not imported`, place);
      else if ('unlike' in kind) this.takeUnlike(kind.unlike, value, place);
      else this.add(kind.type, value, answer);
    }
  }

  private takeUnlike(what: string, answered: JsonRecord, place: Place): void {
    const value = this.stated(answered, place);
    const name = textOf(value.name);
    const id = idIn(value);
    if (id !== null && name !== null) this.names.set(id, name);
    if (id !== null) this.unlike.set(id, value);
    this.report.add(
      'NOT_IMPORTED',
      `${what}: there is nothing like it here; its name is kept where it is referred to`,
      place,
      name,
    );
  }

  private add(type: NodeName, answered: JsonRecord, answer: SavedAnswer): void {
    const fields = this.stated(answered, { file: answer.name });
    const id = idIn(fields);
    if (id === null) throw this.fault(answer, `A ${type} has no UUID for its id.`);
    const known = this.byId.get(id) ?? [];
    if (known.length > 0 && known[0]!.type !== type)
      throw this.fault(answer, `${id} is a ${known[0]!.type} and a ${type}.`);
    if (known.some((one) => isDeepStrictEqual(one.fields, fields))) return;
    const record = { type, id, fields, place: { file: answer.name } };
    this.byId.set(id, [...known, record]);
    this.all.push(record);
    for (const [name, value] of Object.entries(fields)) this.addIncluded(type, name, value, answer);
  }

  /** Without values that only say that nothing is stated, however deep. */
  private stated(fields: JsonRecord, place: Place): JsonRecord {
    const stated = Object.entries(fields).flatMap(([name, value]): [string, Json][] => {
      if (isRecord(value)) return [[name, this.stated(value, place)]];
      const saysNothing = (one: Json): boolean => typeof one === 'string' && isUnstated(one.trim()) === true;
      const isPlain = !listOf(value).some((one) => one !== '' && saysNothing(one));
      if (isPlain) return [[name, Array.isArray(value) ? value.map((one) => this.statedIn(one, place)) : value]];
      this.report.add('DECIDED', `${name}: n/a is taken for not stated`, place);
      return Array.isArray(value) ? [[name, value.filter((one) => !saysNothing(one))]] : [];
    });
    return Object.fromEntries(stated);
  }

  private statedIn(value: Json, place: Place): Json {
    return isRecord(value) ? this.stated(value, place) : value;
  }

  /** What `include[]` puts in the place of an id. */
  private addIncluded(type: NodeName, name: string, value: Json, answer: SavedAnswer): void {
    const use = useOf(type, name);
    if (!('field' in use) || use.field.target === null) return;
    for (const one of listOf(value))
      if (isRecord(one) && Object.keys(one).length > 1) this.add(use.field.target, one, answer);
  }

  private fault({ path }: SavedAnswer, what: string): ImportError {
    return new ImportError({ file: path, what, remedy });
  }
}
