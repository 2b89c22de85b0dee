import { findType, type ModuleKind, readRegistry } from '../domain/module/registry';

const moduleTypes = readRegistry();

/**
 * The fields by which a module says what it is. The name of the module's type stands under `moduleType`, since `type`
 * is the type of the entry itself.
 */
export function ofType(kind: ModuleKind, moduleType: string): { moduleType: string; schemaVersion: string } {
  const found = findType(moduleTypes, kind, moduleType);
  if (!found) throw new Error(`There is no ${kind} of the type ${moduleType}.`);
  return { moduleType, schemaVersion: found.version };
}

/** Whether a module type holds a field, and the details that follow its schema. */
export function hasDetail(kind: ModuleKind, moduleType: string, field: string): boolean {
  const schema = findType(moduleTypes, kind, moduleType)?.schema as { properties?: object } | undefined;
  return Object.hasOwn(schema?.properties ?? {}, field);
}
