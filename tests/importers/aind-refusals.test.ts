import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import { ImportError } from '../../src/importers/import-error';
import { fixture, folderOf, removeFolders } from './reading';

afterAll(removeFolders);

const text = (name: string): string => readFileSync(join(fixture('rig'), `${name}.json`), 'utf8');

/** The error that reading ends in; fails where reading succeeds or fails otherwise. */
async function refusal(files: Record<string, string | Uint8Array>): Promise<ImportError> {
  const outcome: unknown = await readAind(folderOf(files)).catch((error: unknown) => error);
  if (!(outcome instanceof ImportError)) throw new Error('expected an ImportError', { cause: outcome });
  return outcome;
}

const changed = (name: string, from: string, to: string): string => {
  expect(text(name)).toContain(from);
  return text(name).replace(from, to);
};

describe('AIND metadata that cannot be read whole is refused, with file, line and field', () => {
  it('JSON that is cut off', async () => {
    const whole = text('subject');
    const error = await refusal({ 'subject.json': whole.slice(0, whole.length / 2) });
    expect(error.message).toMatch(/subject\.json, line \d+: The file is not valid JSON/);
  });

  it('another encoding', async () => {
    const latin = Buffer.from(changed('subject', 'Left ear', 'Linkes Öhr'), 'latin1');
    expect((await refusal({ 'subject.json': latin })).message).toMatch(
      /line \d+: There are bytes here that are not UTF-8/,
    );
    expect((await refusal({ 'subject.json': Buffer.from(`\ufeff${text('subject')}`, 'utf16le') })).message).toMatch(
      /UTF-16/,
    );
  });

  it('a list in place of the whole', async () => {
    expect((await refusal({ 'subject.json': '[]' })).message).toMatch(
      /The file holds a list, where one object was meant/,
    );
  });

  it('procedures of another subject than the record’s', async () => {
    const procedures = changed('procedures', '"subject_id": "h7"', '"subject_id": "h9"');
    const error = await refusal({ 'subject.json': text('subject'), 'procedures.json': procedures });
    expect(error.message).toMatch(
      /procedures\.json, line \d+: The field subject_id is "h9", where the subject of the record, h7, was meant/,
    );
  });

  it('no subject, no metadata, nothing at all', async () => {
    expect(
      (await refusal({ 'subject.json': changed('subject', '"subject_id": "h7"', '"subject_id": null') })).message,
    ).toMatch(/subject_id is not stated/);
    expect((await refusal({ 'notes.json': '{"weather":"fine"}' })).message).toMatch(/This is no AIND metadata/);
    expect((await refusal({})).message).toMatch(/There is no \.json file here/);
  });
});
