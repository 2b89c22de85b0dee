import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';
import { ASSETS_PATH, MANIFEST_FILE, defaultBundleDir, projectRoot, type BundleManifest } from './layout';

/** What a build produced, for the one line it prints. */
export interface BundleReport {
  outDir: string;
  files: number;
  bytes: number;
  /** Size of all files as they travel, that is gzipped where that helps. */
  gzipBytes: number;
  milliseconds: number;
}

/** The Monaco workers, by the label Monaco asks for them with. */
const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

/** GraphiQL's stylesheet holds its fonts as data URLs; as files, only the few in use travel, and the policy is tighter. */
const fontsAsFiles: Plugin = {
  name: 'fonts-as-files',
  setup(builder) {
    builder.onResolve({ filter: /^data:font\// }, ({ path }) => {
      const [, type, data] = /^data:font\/(\w+);base64,(.*)$/s.exec(path) ?? [];
      if (!type || !data) return undefined;
      const contents = Buffer.from(data, 'base64');
      const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8);
      return { path: `font-${hash}.${type}`, namespace: 'font', pluginData: contents };
    });
    builder.onLoad({ filter: /.*/, namespace: 'font' }, ({ pluginData }) => ({
      contents: pluginData as Buffer,
      loader: 'file',
    }));
  },
};

/** The name of the file that the entry point `source` became. */
function outputOf(result: BuildResult<{ metafile: true }>, source: string): string {
  const wanted = basename(source);
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (output.entryPoint && basename(output.entryPoint) === wanted) return basename(path);
  }
  throw new Error(`The bundler wrote nothing for ${source}`);
}

/** Stores a gzipped copy beside each file that gets smaller by it; returns the bytes that travel. */
function compress(path: string): number {
  const plain = readFileSync(path);
  const zipped = gzipSync(plain, { level: 9 });
  if (zipped.length > plain.length * 0.95) return plain.length;
  writeFileSync(`${path}.gz`, zipped);
  return zipped.length;
}

/** Bundles GraphiQL, its styles, fonts and workers into `outDir`, which is emptied first. */
export async function buildGraphiql(outDir: string = defaultBundleDir()): Promise<BundleReport> {
  const started = Date.now();
  const root = projectRoot();
  const source = join(root, 'src', 'portal', 'graphiql');
  // Monaco comes with GraphiQL: resolve it from there, so that both use the same copy.
  const fromGraphiql = createRequire(require.resolve('@graphiql/react/package.json'));
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });

  const common = {
    absWorkingDir: root,
    outdir: outDir,
    bundle: true,
    minify: true,
    metafile: true,
    target: 'es2022',
    platform: 'browser',
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    legalComments: 'linked',
    logLevel: 'warning',
    tsconfigRaw: {},
    define: { 'process.env.NODE_ENV': '"production"' },
  } satisfies BuildOptions;

  const workerFiles = Object.values(WORKERS).map((path) => fromGraphiql.resolve(path));
  const workers = await build({ ...common, entryPoints: workerFiles, format: 'iife' });
  const workerUrls = Object.fromEntries(
    Object.entries(WORKERS).map(([label, path]) => [label, ASSETS_PATH + outputOf(workers, path)]),
  );

  const client = join(source, 'client.tsx');
  const scripts = await build({
    ...common,
    entryPoints: [client],
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    // The modules of Monaco import their styles one by one; GraphiQL's stylesheet already holds them all.
    loader: { '.css': 'empty' },
    // GraphiQL imports these two by names that lead to CommonJS files, of which a split bundle exports only `default`.
    alias: { 'prettier/parser-graphql': 'prettier/plugins/graphql', 'prettier/parser-babel': 'prettier/plugins/babel' },
    define: { ...common.define, WORKER_URLS: JSON.stringify(workerUrls) },
  });

  const stylesheet = join(source, 'client.css');
  const styles = await build({ ...common, entryPoints: [stylesheet], plugins: [fontsAsFiles] });

  const names = readdirSync(outDir);
  const sizes = names.map((name) => statSync(join(outDir, name)).size);
  const gzipBytes = names.map((name) => compress(join(outDir, name))).reduce((sum, size) => sum + size, 0);
  const manifest: BundleManifest = { script: outputOf(scripts, client), style: outputOf(styles, stylesheet) };
  writeFileSync(join(outDir, MANIFEST_FILE), JSON.stringify(manifest));
  return {
    outDir,
    files: names.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    gzipBytes,
    milliseconds: Date.now() - started,
  };
}

async function main(): Promise<void> {
  const report = await buildGraphiql();
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const where = relative(process.cwd(), report.outDir);
  const sizes = `${megabytes(report.bytes)}, ${megabytes(report.gzipBytes)} gzipped`;
  console.log(`GraphiQL: ${report.files} files (${sizes}) in ${where}, ${report.milliseconds} ms`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
