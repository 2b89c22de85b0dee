import { ModuleTypes } from '../domain/module/module-types';
import { kindOf, type ModuleKind } from '../domain/module/registry';
import type { Fault } from './faults';
import { isDurationOrRange } from '../model/durations';
import type { WritableType } from '../model/families';

/** An object as it would be stored: what is written over what was there, by column. */
export type WholeRow = Readonly<Record<string, unknown>>;

/** What has to agree within one object. Asked when one of its columns is written. */
interface Rule {
  columns: readonly string[];
  faults: (row: WholeRow, type: WritableType) => Fault[];
}

const notBefore = (earlier: string, later: string): Rule => ({
  columns: [earlier, later],
  faults: (row) => {
    const [from, to] = [row[earlier], row[later]];
    if (from == null || to == null || comparable(from) <= comparable(to)) return [];
    return [{ path: [later], code: 'DISAGREES', message: `\`${later}\` may not be before \`${earlier}\`.` }];
  },
});

/** Days and moments compare as text, as which an import has them too; numbers as numbers. */
function comparable(value: unknown): number | string {
  return value instanceof Date ? value.toISOString() : (value as number | string);
}

export const moduleTypes = new ModuleTypes();

const followsItsType: Rule = {
  columns: ['type', 'schemaVersion', 'details'],
  faults: (row, type) => {
    const kind = kindOf(type);
    const code = row['type'] as string;
    if (typeof code !== 'string') return [];
    if (!moduleTypes.find(kind, code))
      return [
        { path: ['type'], code: 'NOT_ALLOWED', message: `\`type\` has to be one of \`moduleTypes(kind: ${kind})\`.` },
      ];
    const found = moduleTypes.find(kind, code, row['schemaVersion'] as string);
    if (!found)
      return [
        {
          path: ['schemaVersion'],
          code: 'NOT_ALLOWED',
          message: '`schemaVersion` is no version of this type: leave it out for the newest.',
        },
      ];
    return row['details'] === undefined
      ? []
      : faultsOfDetails('details', kind, found.type, found.version, row['details']);
  },
};

const liesInItsCoordinates: Rule = {
  columns: ['coordinateSystem', 'coordinates'],
  faults: (row) => {
    const system = row['coordinateSystem'] as string | null | undefined;
    const coordinates = row['coordinates'] as object | null | undefined;
    if (system == null) {
      return coordinates == null
        ? []
        : [
            {
              path: ['coordinateSystem'],
              code: 'REQUIRED',
              message: '`coordinateSystem` has to say how `coordinates` are to be read.',
            },
          ];
    }
    if (!moduleTypes.find('COORDINATES', system))
      return [
        {
          path: ['coordinateSystem'],
          code: 'NOT_ALLOWED',
          message: '`coordinateSystem` has to be one of `moduleTypes(kind: COORDINATES)`.',
        },
      ];
    return faultsOfDetails('coordinates', 'COORDINATES', system, undefined, coordinates ?? {});
  },
};

/** Every way in which an object breaks the schema of a module type. */
export function faultsOfDetails(
  field: string,
  kind: ModuleKind,
  type: string,
  version: string | undefined,
  details: unknown,
): Fault[] {
  const moduleType = moduleTypes.find(kind, type, version);
  if (!moduleType) return [];
  return moduleTypes.faults(moduleType, details).map(({ path, message }) => ({
    path: [field, ...path.split('/').slice(1).map(segment)],
    code: 'INVALID_DETAILS',
    message: `\`${field}${path}\` ${message}.`,
  }));
}

/** One part of a JSON pointer. */
function segment(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text.replaceAll('~1', '/').replaceAll('~0', '~');
}

const ageIsDuration: Rule = {
  columns: ['age'],
  faults: ({ age }) =>
    typeof age !== 'string' || isDurationOrRange(age)
      ? []
      : [
          {
            path: ['age'],
            code: 'WRONG_FORMAT',
            message: '`age` has to be a duration such as `P90D`, or a range such as `P3M/P6M`.',
          },
        ],
};

const twoParents: Rule = {
  columns: ['damId', 'sireId'],
  faults: ({ damId, sireId }) =>
    damId == null || damId !== sireId
      ? []
      : [{ path: ['sire'], code: 'DISAGREES', message: '`sire` may not be `dam` as well.' }],
};

const typed = [followsItsType];
const placed = [followsItsType, liesInItsCoordinates];
const entry = [notBefore('startedAt', 'endedAt')];

const rules: Partial<Record<WritableType, readonly Rule[]>> = {
  Subject: [notBefore('birthDate', 'deathDate'), ageIsDuration],
  Breeding: [
    twoParents,
    notBefore('startedOn', 'endedOn'),
    notBefore('startedOn', 'birthDate'),
    notBefore('birthDate', 'weanedOn'),
  ],
  BreedingLogEntry: entry,
  Epoch: [notBefore('start', 'end')],
  DataAcquisition: typed,
  Manipulation: typed,
  Procedure: placed,
  Equipment: placed,
  ConsumableStock: [followsItsType, notBefore('acquiredOn', 'expiresOn')],
  SubjectLog: typed,
  ProcedureLog: typed,
  SubjectLogEntry: entry,
  ProcedureLogEntry: entry,
};

/**
 * Everything in an object that does not agree with the rest of it, as far as what is being written is concerned: what
 * was stored before there was a rule does not stand in the way of other changes.
 */
export function faultsOfAgreement(type: WritableType, row: WholeRow, written: readonly string[]): Fault[] {
  return (rules[type] ?? [])
    .filter(({ columns }) => columns.some((column) => written.includes(column)))
    .flatMap(({ faults }) => faults(row, type));
}

/** Whether objects of a type are of a module type, the schema of which their details follow. */
export function followsModuleType(type: WritableType): boolean {
  return rules[type]?.includes(followsItsType) ?? false;
}
