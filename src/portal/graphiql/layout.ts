import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the page lives. */
export const PAGE_PATH = '/graphiql';

/** Where the bundled scripts, styles, fonts and workers are served from. */
export const ASSETS_PATH = '/graphiql/assets/';

/** Where the example operations are served from. */
export const EXAMPLES_PATH = '/graphiql/examples.json';

/** The file, written last by a build, that names the hashed files the page has to load. */
export const MANIFEST_FILE = 'manifest.json';

/** The hashed names of the files the page refers to; everything else is found from these. */
export interface BundleManifest {
  script: string;
  style: string;
}

/** The nearest folder above this module with a package.json: the same one from `src/` and from `dist/src/`. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${__dirname}`);
    folder = parent;
  }
  return folder;
}

/** The folder `npm run build` writes the GraphiQL bundle to. */
export function defaultBundleDir(): string {
  return join(projectRoot(), 'dist', 'portal', 'graphiql');
}

/** The manifest of the bundle in `bundleDir`, or undefined if there is none yet. */
export function readManifest(bundleDir: string): BundleManifest | undefined {
  const path = join(bundleDir, MANIFEST_FILE);
  if (!existsSync(path)) return undefined;
  const parsed = JSON.parse(readFileSync(path, 'utf8')) as Partial<BundleManifest>;
  if (!parsed.script || !parsed.style) throw new Error(`${path} is damaged: build the bundle again`);
  return { script: parsed.script, style: parsed.style };
}
