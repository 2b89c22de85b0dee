import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { brokenEntryRules } from './entry-rules';

const good: Entry[] = [
  { type: 'Project', key: 'p', name: 'A project', extraFields: { a: 1 } },
  { type: 'Species', key: 'sp', name: 'Mus musculus' },
  { type: 'Subject', key: 's', name: 'A', species: 'sp', sex: 'MALE' },
  { type: 'Session', key: 'e', name: 'One', subjects: ['s'], startedAt: '2024-01-01T00:00:00.000Z' },
  {
    ...{ type: 'DataAcquisition', key: 'd', session: 'e', order: 0 },
    ...{ moduleType: 'Audio', schemaVersion: '1.1.0', details: { format: 'WAV' } },
  },
];
const treeWith = (key: string, fields: object): SourceTree => ({
  source: { kind: 'BIDS', identifier: 'x', version: null, url: null, openAccess: null },
  ...{ isWhole: true, assumed: new Map<string, Set<string>>(), emptied: new Map<string, Set<string>>() },
  entries: good.map((entry) => (entry.key === key ? { ...entry, ...fields } : entry)),
});

describe('the rules that every tree of entries must keep', () => {
  it('find nothing in a good tree', () => expect(brokenEntryRules(treeWith('', {}))).toEqual([]));

  it.each([
    ['a key used twice', 's', { key: 'e' }, 'keys are used twice'],
    ['a field that does not exist', 's', { colour: 'red' }, 'Subject has no colour'],
    ['a field that no source states', 'p', { isPublic: true }, 'isPublic'],
    ['a reference to nothing', 'e', { subjects: ['t'] }, 't is nothing, not a Subject'],
    ['a reference to another type', 's', { species: 'e' }, 'e is Session, not a Species'],
    ['a reference in place of a list', 'e', { subjects: 's' }, 'subjects is no list'],
    ['one reference twice', 'e', { subjects: ['s', 's'] }, 'the same twice'],
    ['a field that is not stated, as null', 's', { genotype: null }, 'genotype is null'],
    ['a list of nothing', 'e', { tags: [] }, 'tags is empty'],
    ['no parent', 'd', { session: undefined }, 'd has no session'],
    ['a text that is too long', 's', { name: 'x'.repeat(101) }, 'longer than 100'],
    ['a text with spaces around it', 's', { name: ' x' }, 'is no String'],
    ['a time without a zone', 'e', { startedAt: '2024-01-01T00:00:00' }, 'is no DateTime'],
    ['a value outside of a list', 's', { sex: 'm' }, 'm is no Sex'],
    ['details that their type does not allow', 'd', { details: { lamp: 1 } }, 'additional properties'],
    ['details of another version', 'd', { schemaVersion: '0.9' }, 'd is of version 0.9'],
    ['a type that does not exist', 'd', { moduleType: 'Lamp' }, 'unknown type Lamp'],
    ['an extra field with a bad key', 'p', { extraFields: { _a: 1 } }, 'the extra field _a'],
    ['an extra field that is no number', 'p', { extraFields: { a: NaN } }, 'the extra field a'],
  ])('find %s', (_, key, fields, fault) => {
    expect(brokenEntryRules(treeWith(key, fields)).join('\n')).toContain(fault);
  });
});
