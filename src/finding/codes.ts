import { suggestionList } from 'graphql/jsutils/suggestionList';
import { kindOf, readRegistry, type ModuleKind } from '../domain/module/registry';
import { badInput } from '../errors';
import type { NodeName } from '../model/ids';
import type { StoredField } from '../model/written-fields';

const registry = readRegistry();

/** Of which kind the codes in a field are. */
export function kindOfCodes(type: NodeName, field: string): ModuleKind {
  return field === 'coordinateSystem' ? 'COORDINATES' : kindOf(type);
}

/** Whether a field holds codes of module types. */
export function isCoded({ value }: StoredField): boolean {
  return value.is === 'text' && value.code === true;
}

/** How many codes like one that there is not are told of. */
const mostTold = 5;

/** Throws BAD_USER_INPUT for a code that there is not, with those that are like it and where all of them are. */
export function refuseUnknownCodes(kind: ModuleKind, asked: unknown, place: string): void {
  const codes = [...new Set(registry.flatMap((one) => (one.kind === kind ? [one.type] : [])))];
  const unknown = ([asked].flat() as string[]).find((code) => !codes.includes(code));
  if (unknown === undefined) return;
  const near = like(unknown, codes);
  const meant = near.length > 0 ? ` Did you mean ${near.map((one) => `\`${one}\``).join(' or ')}?` : '';
  throw badInput(
    `\`${place}\` is ${JSON.stringify(unknown)}, which is no code of this kind.${meant} \`moduleTypes(kind: ${kind})\` has them all.`,
  );
}

/** The codes that a text stands in, and those that are spelled much like it. */
function like(text: string, codes: readonly string[]): string[] {
  const around = codes.filter((code) => text !== '' && code.toLowerCase().includes(text.toLowerCase()));
  return [...new Set([...suggestionList(text, codes), ...around])].slice(0, mostTold);
}
