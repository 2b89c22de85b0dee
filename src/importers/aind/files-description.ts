import type { Context } from './context';
import type { Facts } from './facts';
import { keepLeft } from './leftovers';
import type { Modality } from './modality-type';
import { modalitiesIn } from './streams';

/** What a data description says about the files of one session. */
export interface FilesDescription {
  /** What the session is called: the name of the first files, not of what was computed from them. */
  name: string | null;
  createdAt: string | null;
  modalities: Modality[];
  summary: string | null;
}

/** Reads what a data description says about its files. */
export function describeFiles(facts: Facts): FilesDescription {
  const name = facts.text('name');
  const input = textsOf(facts, 'input_data_name', 'source_data')[0];
  if (input !== undefined && textsOf(facts, 'input_data_name', 'source_data').length === 1) {
    facts.report.add(
      'DECIDED',
      'files that were computed belong to the session of the files that they were computed from',
      facts.place,
      name,
    );
  }
  const [day, time] = [facts.text('creation_date'), facts.text('creation_time')];
  const created = [day, time].filter((text) => text !== null).join('T');
  facts.unread('creation_date', 'creation_time', 'name');
  return {
    name: input ?? name,
    createdAt: created === '' ? null : created,
    modalities: modalitiesIn(facts, 'modality', 'modalities'),
    summary: facts.text('data_summary'),
  };
}

function textsOf(facts: Facts, ...keys: string[]): string[] {
  return keys.flatMap((key) => {
    const texts = facts.texts(key);
    facts.unread(key);
    return texts;
  });
}

/** Keeps what a data description says about its files, and nothing else holds, with their session. */
export function keepDescription(facts: Facts, session: string | null, context: Context): void {
  facts.skip('subject_id');
  const entry = session === null ? undefined : context.tree.get(session);
  if (!entry)
    context.projectFields.keep(
      'dataSummary',
      facts.text('data_summary')?.replace(/\s*\n\s*/g, ' ') ?? null,
      facts.place,
    );
  const tags = facts.texts('tags');
  if (entry && tags.length > 0) entry.tags = [...new Set([...((entry.tags as string[] | undefined) ?? []), ...tags])];
  else if (tags.length > 0) facts.unread('tags');
  const platform = facts.holdsObjects('platform') ? facts.child('platform') : null;
  const fields = session === null ? context.projectFields : context.fieldsOf('session', session);
  if (platform)
    fields.keep(
      'platform',
      [platform.text('name'), platform.text('abbreviation')].filter((text) => text !== null).join(', '),
      facts.place,
    );
  const modalities = modalitiesIn(facts, 'modality', 'modalities').map(({ name, abbreviation }) =>
    name === null || abbreviation === null || abbreviation === name
      ? (name ?? abbreviation)
      : `${name} (${abbreviation})`,
  );
  fields.keep('dataModalities', modalities.filter((name) => name !== null).join('\n'), facts.place);
  keepLeft(facts, fields, 'data');
}
