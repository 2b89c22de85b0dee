import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeName } from '../../model/ids';
import { snakeCase } from '../../model/names';
import { projectFolder } from '../../project-folder';

/** What a module type describes. */
export const moduleKindNames = [
  ...(['DATA_ACQUISITION', 'MANIPULATION', 'PROCEDURE', 'EQUIPMENT'] as const),
  ...(['CONSUMABLE_STOCK', 'SUBJECT_LOG', 'PROCEDURE_LOG', 'COORDINATES'] as const),
];

export type ModuleKind = (typeof moduleKindNames)[number];

/** The kind that the `type` of an object is of, such as `DATA_ACQUISITION`. */
export function kindOf(type: NodeName): ModuleKind {
  return snakeCase(type).toUpperCase() as ModuleKind;
}

/** One type that a module can have, in one version, with the JSON Schema of its details. */
export interface RegisteredType {
  kind: ModuleKind;
  type: string;
  title: string;
  version: string;
  schema: Record<string, unknown>;
}

/**
 * The closed, versioned lists of module types, read from `schema/module-types/*.json`: a new type or version is a change
 * of data, not of code. Several versions of one type may stand side by side.
 */
export function readRegistry(folder = join(projectFolder, 'schema', 'module-types')): RegisteredType[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => readKind(join(folder, file)));
}

/** One type, in the given version or the newest; undefined when there is none. */
export function findType<T extends RegisteredType>(
  types: readonly T[],
  kind: ModuleKind,
  type: string,
  version?: string,
): T | undefined {
  const versions = types.filter((one) => one.kind === kind && one.type === type);
  return version ? versions.find((one) => one.version === version) : versions.sort(byVersion).at(-1);
}

interface KindFile {
  kind: string;
  types: Omit<RegisteredType, 'kind'>[];
}

function readKind(file: string): RegisteredType[] {
  const { kind, types } = JSON.parse(readFileSync(file, 'utf8')) as KindFile;
  const code = kind.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const known = moduleKindNames.find((name) => name === code);
  if (known === undefined) throw new Error(`${file} declares the kind ${kind}, which Stemgraph does not know.`);
  return types.map((type) => ({ ...type, kind: known }));
}

function byVersion(left: RegisteredType, right: RegisteredType): number {
  return left.version.localeCompare(right.version, 'en', { numeric: true });
}
