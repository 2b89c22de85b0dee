import { findType, readRegistry } from '../../domain/module/registry';
import { kindOfCodes } from '../../finding/codes';
import type { Facet } from './facets';

const registry = readRegistry();

/** A value for people, where the database knows only what is stored. */
export function labelOf({ kind, ways }: Facet, value: string, stored: string): string {
  switch (kind) {
    case 'code':
      return (
        titleOf(
          ways.map(({ type, field }) => kindOfCodes(type, field!)),
          value,
        ) ?? stored
      );
    case 'choice':
    case 'choices':
      return inWords(value);
    default:
      return stored;
  }
}

function titleOf(kinds: readonly ReturnType<typeof kindOfCodes>[], code: string): string | undefined {
  return kinds.map((kind) => findType(registry, kind, code)?.title).find((title) => title !== undefined);
}

/** `HEAD_FIXED_AWAKE` → `Head fixed awake`. */
function inWords(constant: string): string {
  const words = constant.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
