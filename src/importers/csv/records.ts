import type { WritableField } from '../../tree/writable';
import { repositoryOf } from '../related-resources';
import { addressIn, choiceIn, type Reading } from '../spelled-values';
import { doiIn, webAddress } from '../web-identifiers';

/** How a record is written in a cell: `funder | awardNumber | identifier | url`. */
export function formOfRecord({ parts }: WritableField): string {
  return parts.map(({ name }) => name).join(' | ');
}

/** The records of a cell, with `;` between them and `|` between the parts of one. Of a repository, its address is enough. */
export function recordsIn(text: string, field: WritableField): Reading<object[]> {
  const records: object[] = [];
  for (const part of text.split(/;(?!\S)|;$/).filter((one) => one.trim() !== '')) {
    const texts = part.split('|').map((one) => one.trim());
    const reading = recordIn(texts.length === 1 ? addressed(texts[0]!, field) : texts, field);
    if (!('value' in reading)) return reading;
    records.push(reading.value);
  }
  return { value: records };
}

function addressed(text: string, { parts }: WritableField): string[] {
  const isLink = parts[0]?.name === 'repository' && webAddress(text) !== null;
  return isLink ? [repositoryOf(doiIn(text), text) ?? 'OTHER', text] : [text];
}

function recordIn(texts: readonly string[], field: WritableField): Reading<object> {
  const remedy = `Write it as ${formOfRecord(field)}; with a semicolon and a space before the next one.`;
  if (texts.length > field.parts.length) return { what: 'It has more parts than there are.', remedy };
  const record: Record<string, string> = {};
  for (const [at, part] of field.parts.entries()) {
    const text = texts[at] ?? '';
    if (text === '' && part.isRequired) return { what: `It states no ${part.name}.`, remedy };
    if (text === '') continue;
    const reading = partIn(text, part);
    if (!('value' in reading)) return { what: `${part.name}: ${reading.what}`, remedy: reading.remedy };
    record[part.name] = reading.value;
  }
  return { value: record };
}

function partIn(text: string, part: WritableField): Reading<string> {
  if (part.is === 'choice') return choiceIn(text, part.choices);
  return part.is === 'address' ? addressIn(text, part.longest) : { value: text };
}
