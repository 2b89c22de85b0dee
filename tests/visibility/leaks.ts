import type { Oracle } from '../policy/oracle';
import { canaryPattern } from '../world/builder';

const idPattern = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gi;
const encodedPattern = /[A-Za-z0-9_+/-]{12,}/g;

/** Everything in a world by which it can be told that a viewer saw too much: every text and every id. */
export class Watch {
  /** The texts and ids that this viewer may not see, with what they are. */
  private readonly forbidden = new Map<string, string>();
  private readonly all = new Set<string>();

  constructor(oracle: Oracle) {
    const { world } = oracle;
    for (const [token, { type, id, column }] of world.canaries) {
      const { row } = oracle.find(id)!;
      this.all.add(token);
      if (!oracle.mayRead(type, row, column)) this.forbidden.set(token, `${type}.${column} of ${id}`);
    }
    for (const rows of Object.values(world.rows)) {
      for (const { id } of rows) {
        this.all.add(id);
        if (!oracle.seesId(id)) this.forbidden.set(id, 'the id of a hidden object');
      }
    }
  }

  /** What a text holds that the viewer may not see, also where it is encoded. */
  leaksIn(text: string): string[] {
    return [...traces(text)].flatMap((trace) => {
      const what = this.forbidden.get(trace);
      return what === undefined ? [] : [`${trace}: ${what}`];
    });
  }

  /** The same, of texts alone: the id of a hidden object is what the verdict on it is asked by. */
  secretsIn(text: string): string[] {
    const tokens = new Set(Array.from(text.toLowerCase().matchAll(canaryPattern), ([token]) => token));
    return [...tokens].flatMap((token) => {
      const what = this.forbidden.get(token);
      return what === undefined ? [] : [`${token}: ${what}`];
    });
  }

  /** Anything at all of the world, which has no business in a log whoever asks. */
  anythingIn(text: string): string[] {
    return [...traces(text)].filter((trace) => this.all.has(trace));
  }
}

/** Every canary and id in a text, and in whatever of it reads as base64. */
function traces(text: string): Set<string> {
  const found = new Set<string>();
  collect(text, found);
  for (const [encoded] of text.matchAll(encodedPattern)) collect(decode(encoded), found);
  return found;
}

function collect(text: string, into: Set<string>): void {
  for (const [token] of text.toLowerCase().matchAll(canaryPattern)) into.add(token);
  for (const [id] of text.matchAll(idPattern)) into.add(dashed(id));
}

const decoded = new Map<string, string>();

function decode(encoded: string): string {
  const known = decoded.get(encoded);
  if (known !== undefined) return known;
  if (decoded.size > 100_000) decoded.clear();
  const text = Buffer.from(encoded, 'base64url').toString('latin1');
  decoded.set(encoded, text);
  return text;
}

function dashed(id: string): string {
  const hex = id.replaceAll('-', '').toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
