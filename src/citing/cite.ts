import { never } from '../budget/budget';
import type { Context } from '../context';
import type { Loaders } from '../loading/loaders';
import { asCff } from './as-cff';
import { asDatacite, asJsonLd } from './as-data';
import { asApa, asBibtex, asRis } from './as-text';
import { readWork, type CitedWork, type ProjectRow } from './work';

const styles: Readonly<Record<string, (work: CitedWork) => string>> = {
  APA: asApa,
  BIBTEX: asBibtex,
  RIS: asRis,
  DATACITE_JSON: asDatacite,
  SCHEMA_ORG_JSON_LD: asJsonLd,
  CFF: asCff,
};

/** What one citation takes, in plain values: up to a hundred people are named in it. */
const workOfCitation = 2000;
/** So many characters count as one value: an answer made of citations ends by its values before it fills the memory. */
const charactersPerValue = 100;

/** What was read and written in one request: a project that occurs a thousand times in it is cited once a style. */
const known = new WeakMap<Loaders, Map<string, Promise<unknown>>>();

function once<T>(loaders: Loaders, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(loaders) ?? new Map<string, Promise<unknown>>();
  known.set(loaders, made);
  const found = (made.get(key) as Promise<T> | undefined) ?? make();
  made.set(key, found);
  return found;
}

/** How a project is cited, as the viewer sees it. */
export async function cite(project: ProjectRow, { style }: { style: string }, context: Context): Promise<string> {
  const { loaders, budget } = context;
  const text = await once(loaders, `${style} ${project.id}`, async () => {
    const work = await once(loaders, project.id, () => readWork(project, context));
    await budget.lane.pass(workOfCitation);
    return styles[style]!(work);
  });
  return budget.spend('Project.citation', 0, Math.ceil(text.length / charactersPerValue)) ? text : never();
}
