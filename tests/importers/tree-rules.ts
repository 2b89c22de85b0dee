import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtraFields, ProjectTree } from '../../src/importers/tree';

interface ModuleType {
  type: string;
  version: string;
  schema: object;
}

const schemaFile = join(__dirname, '../../schema/module-types/DataAcquisition.json');
const { types } = JSON.parse(readFileSync(schemaFile, 'utf8')) as { types: ModuleType[] };
const ajv = new Ajv({ strict: false });
const validators = new Map(types.map((type) => [type.type, { ...type, validate: ajv.compile(type.schema) }]));

/**
 * Every way in which a tree breaks the rules that any tree must keep, whatever its source: references that lead
 * nowhere, keys used twice, texts that are too long, details that their type does not allow. Empty for a good tree.
 */
export function brokenRules(tree: ProjectTree): string[] {
  return [...brokenKeys(tree), ...brokenTexts(tree), ...brokenFields(tree), ...brokenAcquisitions(tree)];
}

function brokenKeys(tree: ProjectTree): string[] {
  const { project, species, strains, dataStorages, subjects, sessions, dataAcquisitions } = tree;
  const lists = [
    species,
    strains,
    dataStorages,
    subjects,
    sessions,
    dataAcquisitions,
    project.contributors,
    project.publications,
  ];
  const keys = [project.key, ...lists.flatMap((entries) => entries.map((entry) => entry.key))];
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index && keys.length < 4000);
  const of = (entries: { key: string }[]): Set<string> => new Set(entries.map((entry) => entry.key));
  const missing = (what: string, from: string, keys: (string | null)[], known: Set<string>): string[] =>
    keys.filter((key) => key !== null && !known.has(key)).map((key) => `${from} refers to the ${what} ${key}`);
  const known = {
    species: of(species),
    strains: of(strains),
    subjects: of(subjects),
    sessions: of(sessions),
    storages: of(dataStorages),
  };
  return [
    ...twice.map((key) => `the key ${key} is used twice`),
    ...(new Set(keys).size === keys.length ? [] : ['keys are used twice']),
    ...strains.flatMap(({ key, species }) => missing('species', key, [species], known.species)),
    ...subjects.flatMap(({ key, species }) => missing('species', key, [species], known.species)),
    ...subjects.flatMap(({ key, strain }) => missing('strain', key, [strain], known.strains)),
    ...sessions.flatMap(({ key, subjects }) => missing('subject', key, subjects, known.subjects)),
    ...sessions.flatMap(({ key, dataStorages }) => missing('storage', key, dataStorages, known.storages)),
    ...dataAcquisitions.flatMap(({ key, session }) => missing('session', key, [session], known.sessions)),
    ...dataAcquisitions.flatMap(({ key, dataStorage }) => missing('storage', key, [dataStorage], known.storages)),
  ];
}

function brokenTexts({ project, species, subjects, sessions, dataStorages, dataAcquisitions }: ProjectTree): string[] {
  const texts: [what: string, text: string | null, limit: number][] = [
    ['project name', project.name, 200],
    ['license', project.license, 60],
    ...project.contributors.map(({ name }): [string, string, number] => ['contributor name', name, 200]),
    ...project.contributors.map(({ affiliation }): [string, string | null, number] => [
      'affiliation',
      affiliation,
      300,
    ]),
    ...project.funding.map(({ funder }): [string, string, number] => ['funder', funder, 200]),
    ...project.publications.map(({ title }): [string, string, number] => ['title', title, 500]),
    ...species.map(({ name }): [string, string, number] => ['species name', name, 100]),
    ...subjects.map(({ name }): [string, string, number] => ['subject name', name, 100]),
    ...subjects.map(({ age }): [string, string | null, number] => ['age', age, 100]),
    ...subjects.map(({ genotype }): [string, string | null, number] => ['genotype', genotype, 200]),
    ...subjects.map(({ identifier }): [string, string | null, number] => ['identifier', identifier, 100]),
    ...[...subjects, ...sessions].map((entry): [string, string | null, number] => [
      'name in storage',
      entry.nameUsedInStorage,
      200,
    ]),
    ...sessions.map(({ name }): [string, string, number] => ['session name', name, 200]),
    ...dataStorages.map(({ name }): [string, string, number] => ['storage name', name, 100]),
    ...dataAcquisitions.map(({ fileName }): [string, string, number] => ['file name', fileName, 500]),
    ...dataAcquisitions.map(({ notes }): [string, string | null, number] => ['notes', notes, 500]),
  ];
  const bad = texts.filter(
    ([, text, limit]) => text !== null && (text === '' || text !== text.trim() || text.length > limit),
  );
  return bad.map(([what, text]) => `${what}: ${text}`);
}

function brokenFields({ project, subjects, sessions }: ProjectTree): string[] {
  const allowed = (fields: ExtraFields): boolean =>
    Object.entries(fields).every(
      ([key, value]) => /^[A-Za-z][A-Za-z0-9_]*$/.test(key) && (typeof value === 'string' || Number.isFinite(value)),
    );
  const bad = [project, ...subjects, ...sessions].filter((entry) => !allowed(entry.extraFields));
  const emails = /"email"/.test(JSON.stringify(project)) ? ['an e-mail address was kept'] : [];
  const times = sessions.filter(
    ({ startedAt }) => startedAt !== null && new Date(startedAt).toISOString() !== startedAt,
  );
  const addresses = [...project.repositoryLinks, ...project.publications, ...project.funding].map(({ url }) => url);
  const badAddresses = addresses.filter((url) => url !== null && !/^(https?|ftp):\/\//.test(url));
  return [
    ...bad.map(({ key }) => `the extra fields of ${key}`),
    ...times.map(({ key }) => `the start of ${key}`),
    ...badAddresses.map((url) => `the address ${url}`),
    ...emails,
  ];
}

function brokenAcquisitions({ dataAcquisitions }: ProjectTree): string[] {
  const places = new Set(dataAcquisitions.map(({ session, order }) => `${session} ${order}`));
  const problems = dataAcquisitions.flatMap((acquisition) => {
    const type = validators.get(acquisition.type);
    if (!type) return [`${acquisition.key} has the unknown type ${acquisition.type}`];
    const versions =
      type.version === acquisition.schemaVersion
        ? []
        : [`${acquisition.key} is of version ${acquisition.schemaVersion}`];
    const details = type.validate(acquisition.details)
      ? []
      : [`${acquisition.key}: ${ajv.errorsText(type.validate.errors)}`];
    const urls = /^(https?|ftp):\/\//.test(acquisition.fileUrl ?? 'http://none')
      ? []
      : [`${acquisition.key}: its address`];
    const sizes = Number.isSafeInteger(acquisition.fileSizeBytes ?? 0) ? [] : [`${acquisition.key}: its size`];
    return [...versions, ...details, ...urls, ...sizes];
  });
  return places.size === dataAcquisitions.length ? problems : [...problems, 'two files have one place in a session'];
}
