import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * No file is needed by what it needs: a circle of imports is read, tested and moved only as a whole. Types count as well.
 * The entities lead to each other in circles, as what they model does: they live under one roof, and none leads out of it.
 */
const roof = 'domain';

/** Each file of a folder, with the files in it that it imports. */
function readImports(folder) {
  const files = readdirSync(folder, { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file, importsIn(readFileSync(file, 'utf8'), file)]));
}

function importsIn(text, file) {
  const named = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']*)'/g);
  return [...named].map(([, path]) => `${resolve(dirname(file), path)}.ts`).filter((one) => existsSync(one));
}

/** The shortest way from a file to itself; undefined where there is none. */
function circleOf(file, imports) {
  const ways = [[file]];
  const reached = new Set();
  for (const way of ways) {
    for (const next of imports.get(way.at(-1)) ?? []) {
      if (next === file) return [...way, next];
      if (reached.has(next)) continue;
      reached.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

const read = new Map();

export default {
  meta: { type: 'problem', schema: [], messages: { circle: 'A circle of imports: {{ way }}.' } },
  create(context) {
    const folder = join(context.cwd, 'src');
    return {
      Program(node) {
        const imports = read.get(folder) ?? readImports(folder);
        read.set(folder, imports);
        // What an editor holds may be newer than what is stored.
        imports.set(context.filename, importsIn(context.sourceCode.text, context.filename));
        const circle = circleOf(context.filename, imports);
        if (!circle || circle.every((file) => file.startsWith(join(folder, roof, '/')))) return;
        const way = circle.map((file) => file.slice(folder.length + 1)).join(' > ');
        context.report({ node, messageId: 'circle', data: { way } });
      },
    };
  },
};
