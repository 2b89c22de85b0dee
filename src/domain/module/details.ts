import { JsonObject, JsonObjects, Text } from '../../model/fields';
import { JSONDetails } from '../../model/scalars';
import { ModuleTypeCode } from './module-type-code';

/** The three columns of anything that has a module type; declared alike everywhere. */
export function ModuleTypeName(kind: string): PropertyDecorator {
  const told = `The type's code, one of \`moduleTypes(kind: ${kind})\`.`;
  return Text(60, told, { required: true, type: () => ModuleTypeCode });
}

/** The system in which `coordinates` are to be read. */
export function CoordinateSystem(): PropertyDecorator {
  const told = 'How `coordinates` are to be read, one of `moduleTypes(kind: COORDINATES)`; null when there are none.';
  return Text(60, told, { type: () => ModuleTypeCode });
}

export function SchemaVersion(): PropertyDecorator {
  return Text(20, "The version of the type's schema that `details` follows, such as `1.2.0`.", { required: true });
}

export function Details(): PropertyDecorator {
  const told = "What is particular to this type: an object that follows the type's JSON Schema, units included.";
  return JsonObject(told, JSONDetails);
}

/** The same for manipulations, whose schemas describe a list: one object for each stimulus or step. */
export function DetailsList(): PropertyDecorator {
  return JsonObjects(
    "What is particular to this type: a list that follows the type's JSON Schema, units included, with one object for each stimulus or step.",
    JSONDetails,
  );
}
