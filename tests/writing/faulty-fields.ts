import { importedTypes, parentOf, referencesOf, type ImportedType } from '../../src/importing/storing/types';
import { isTerm } from '../../src/model/families';
import { newId } from '../../src/model/ids';
import { nameOf } from '../../src/model/node';
import type { WrittenField } from '../../src/model/written-fields';
import { shapeOf } from '../../src/writing/shape';
import type { Things } from './bench';
import type { BothWriters, Sent } from './both-writers';

/** A value that a field does not take. */
interface Wrong {
  name: string;
  value: unknown;
  /** What kind of field and of value it is: two alike tell nothing new. */
  kind: string;
  /** The schema does not let it pass, and then the other fields are not looked up. */
  isMisfit: boolean;
}

/** What a field does not take: values that fit the schema, and values that do not. */
function wrongValues({ name, value }: WrittenField, required: boolean): [fit: unknown[], misfit: unknown[]] {
  switch (value.is) {
    case 'text': {
      const free = ['license', 'orcid', 'age'].includes(name) ? ['free'] : [];
      const none = required ? ['  '] : [];
      return [
        ['x'.repeat(value.max + 1), 'bell \u0007', 'turned \u202e', ...free, ...none],
        [5, {}],
      ];
    }
    case 'webAddress':
      return [
        ['javascript:alert(1)', `https://example.org/${'x'.repeat(value.max)}`],
        ['x', 5],
      ];
    case 'day':
      return [['1750-01-01'], ['2024-02-31', 'P3M/P6M', 5]];
    case 'instant':
      return [['1850-01-01T00:00:00Z'], ['2024-03-01T20:00:00', '2024-03-01', 'yesterday', 5]];
    case 'decimal':
      return [[], ['x', {}]];
    case 'count':
      return [[-1], [1.5, 'x', ...(name === 'order' ? [2 ** 31] : [])]];
    case 'choice':
      return [[], ['NOWHERE', 5]];
    case 'choices': {
      const { values } = value.choice;
      return [[Array(values.length + 1).fill(values[0])], [['NOWHERE'], [5]]];
    }
    case 'words':
      return [[['', 'y'.repeat(value.longest + 1)], Array(value.most + 1).fill('w'), ['bell \u0007']], [[5, 'x', {}]]];
    case 'object': {
      const further = name === 'extraFields' ? [{ '1st': 1 }, { a: {} }] : [];
      // Of details, the schema does not say which of both they are.
      const list = [[]];
      return [
        [{ a: 'bell \u0007' }, ...further, ...(name === 'details' ? list : [])],
        ['x', ...(name === 'details' ? [] : list)],
      ];
    }
    case 'objects':
      return [[Array(value.most + 1).fill({}), {}], [[5]]];
    case 'values': {
      const odd = { name: '', value: 'x', source: '', identifier: 'x'.repeat(300), funder: ' ', url: 'mailto:a@b.c' };
      return [[], [[{}], [5], 'x', [odd], [{ colour: 1 }]]];
    }
  }
}

/** Ids that lead to nothing that the writer sees. */
function wrongIds(target: string, things: Things, hidden: Things): string[] {
  const another = target === 'SetupType' ? 'Species' : 'SetupType';
  return [newId(target as ImportedType), 'no id', things[another]!, hidden[target]!, ''];
}

/** Everything wrong that there is for one field of a type. */
export function wrongOf(type: ImportedType, things: Things, hidden: Things): Wrong[] {
  const { fields, lists, required } = shapeOf(type);
  const references = referencesOf(type).filter((edge) => edge !== parentOf(type));
  const wrong = (name: string, kind: string, values: unknown[], isMisfit: boolean): Wrong[] =>
    values.map((value, index) => ({ name, value, kind: `${kind} ${isMisfit} ${index}`, isMisfit }));
  return [
    ...wrong('colour', 'unknown', ['red'], true),
    ...wrong('isPublic', Object.hasOwn(things, type) ? 'flag' : '', [true], true),
    ...fields.flatMap((field) => {
      const [fit, misfit] = wrongValues(field, required.has(field.name));
      const kind = `${field.value.is} ${required.has(field.name)} ${fit.length}`;
      return [...wrong(field.name, kind, fit, false), ...wrong(field.name, kind, misfit, true)];
    }),
    ...references.flatMap(({ field, target }) => [
      ...wrong(field, 'reference', wrongIds(nameOf(target()), things, hidden), false),
      ...wrong(field, 'reference', [{}], true),
    ]),
    ...lists.flatMap(({ field, target }) => {
      const id = things[nameOf(target())];
      const ids = wrongIds(nameOf(target()), things, hidden);
      return [
        ...wrong(field, 'list', [[id, id], ...ids.map((one) => [one]), ids, ['x', id, 'x', id]], false),
        ...wrong(field, 'list', [[{}]], true),
      ];
    }),
  ];
}

/** What has to be there is not: left out, or cleared. */
function lacks(both: BothWriters, type: ImportedType, action: Sent['action']): Sent[] {
  const base = both.required(type);
  return Object.keys(base)
    .filter((name) => name !== 'project' && (action === 'create' || name !== parentOf(type)?.field))
    .flatMap((name): Sent[] => {
      const { [name]: value, ...others } = base;
      const none = Array.isArray(value) ? [] : null;
      return action === 'create'
        ? [
            { type, action, fields: others },
            { type, action, fields: { ...base, [name]: none } },
          ]
        : [{ type, action, fields: { [name]: none } }];
    });
}

/** What an import leaves terms as; what is theirs is found by its name. */
export const typesOf = (action: Sent['action']): ImportedType[] =>
  importedTypes.filter((type) => action === 'create' || !isTerm(type));

/** Everything with one fault; of what is alike in other types only the first, unless there is time. */
export function faultyObjects(both: BothWriters, hidden: Things, action: Sent['action'], all: boolean): Sent[] {
  const met = new Set<string>();
  const isNew = ({ kind }: Wrong): boolean => {
    const known = met.has(kind);
    met.add(kind);
    return all || !known;
  };
  return typesOf(action).flatMap((type) => {
    const start = (): Record<string, unknown> => (action === 'create' ? both.required(type) : {});
    const wrong = wrongOf(type, both.things, hidden).filter(isNew);
    return [
      ...lacks(both, type, action),
      ...wrong.map(({ name, value }) => ({ type, action, fields: { ...start(), [name]: value } })),
    ];
  });
}
