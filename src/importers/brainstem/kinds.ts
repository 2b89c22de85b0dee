import type { NodeName } from '../../model/ids';
import { writableTypes } from '../../tree/writable';
import { plainSpelling } from '../spelled-values';

/** Kinds of BrainSTEM whose names are not those of our types. */
const calledOtherwise: Readonly<Record<string, NodeName>> = {
  behavioralassay: 'BehavioralParadigm',
  behavioralassays: 'BehavioralParadigm',
};

/** Kinds that have no counterpart here. What their names tell is kept where they are referred to. */
const withoutCounterpart: Readonly<Record<string, string>> = {
  ...{ behavioralparadigm: 'behavioral paradigms', behavioralparadigms: 'behavioral paradigms' },
  ...{
    license: 'licences',
    licenses: 'licences',
    regulatoryauthority: 'authorities',
    regulatoryauthorities: 'authorities',
  },
};

/** People and what they may do: never imported. */
const ofPeople: Readonly<Record<string, string>> = {
  ...{ user: 'users', users: 'users', group: 'groups', groups: 'groups', laboratory: 'laboratories' },
  laboratories: 'laboratories',
};

/** What a part of an answer of the API holds; null for what is no kind at all. */
export type Kind = { type: NodeName } | { unlike: string } | { people: string };

/** The kind that a key of an answer (`data_acquisitions`, `data_acquisition`) or the name of a model spells. */
export function kindCalled(name: string): Kind | null {
  const spelled = plainSpelling(name);
  const own = (table: Readonly<Record<string, string>>): string | undefined =>
    Object.hasOwn(table, spelled) ? table[spelled] : undefined;
  const [people, unlike] = [own(ofPeople), own(withoutCounterpart)];
  if (people !== undefined) return { people };
  const found = [...writableTypes().values()].find(({ type, plural }) =>
    [type, plural].some((called) => plainSpelling(called) === spelled),
  );
  const type = calledOtherwise[spelled] ?? (unlike === undefined ? found?.type : undefined);
  if (type) return { type };
  return unlike === undefined ? null : { unlike };
}
