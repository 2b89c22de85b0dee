import Module, { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { createScriptTransformer } from '@jest/transform';

/**
 * Jest's own framework (jest-circus), but for one thing: modules are loaded by Node itself and stay loaded while a worker
 * goes from one test file to the next. Jest would load the server and its libraries anew for each of them, which took
 * more time than most of the tests. What lies in tests/ is loaded anew for each test file; what it changes of the
 * server's modules (a spy, a global) it has to put back.
 */
export default async function runTestFile(...given: Given): Promise<unknown> {
  const [globalConfig, config, environment, runtime, testPath, send] = given;
  const { exitCode } = process;
  const { console: itsConsole } = globalThis;
  compiler ??= await createScriptTransformer(config);
  if (globalConfig.watch || globalConfig.watchAll) forget(config.rootDir);
  const loading = Object.assign(Object.create(runtime) as Runtime, {
    requireModule: (path: string): void => {
      const globals = runtime.requireModuleOrMock(testPath, '@jest/globals');
      const { global } = environment;
      Object.assign(globalThis, globals, { console: global.console });
      load(path);
      Object.assign(globalThis, { [timeout]: global[timeout] });
    },
    requireInternalModule: loadAnew,
  });
  const forgetCompiler = compileWith(compiler, runtime.getSourceMaps());
  try {
    return await circus(globalConfig, config, environment, loading, testPath, send);
  } finally {
    forgetCompiler();
    forget(join(config.rootDir, 'tests'));
    globalThis.console = itsConsole;
    process.exitCode = exitCode; // a command that ran here has told how it ended
  }
}

/** Where jest.setTimeout() puts what it is told, and the framework looks for it. */
const timeout = Symbol.for('TEST_TIMEOUT_SYMBOL');

type Compiler = Awaited<ReturnType<typeof createScriptTransformer>>;
type Config = Parameters<typeof createScriptTransformer>[0];

interface Runtime {
  requireModule(path: string): void;
  requireInternalModule(path: string): unknown;
  requireModuleOrMock(from: string, name: '@jest/globals'): object;
  getSourceMaps(): Map<string, string>;
}

type Given = [
  globalConfig: { watch: boolean; watchAll: boolean },
  config: Config,
  environment: { global: { console: Console; [timeout]?: number } },
  runtime: Runtime,
  testPath: string,
  send: unknown,
];

/** Node's own way to load a module. */
const load = createRequire(__filename);
const { default: circus } = load('jest-circus/runner') as { default: (...given: Given) => Promise<unknown> };

/** What a test file's tests and hooks are kept in: every file has its own. */
function loadAnew(path: string): unknown {
  delete load.cache[path];
  Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
  return load(path);
}

let compiler: Compiler | undefined;
/** Where the source maps of what is loaded lie, by file. */
const sourceMaps = new Map<string, string>();

interface Compiled extends NodeModule {
  _compile(code: string, filename: string): void;
}

/** Has Node compile TypeScript as Jest would, until what is returned is called. */
function compileWith(compiler: Compiler, itsMaps: Map<string, string>): () => void {
  for (const [filename, path] of sourceMaps) itsMaps.set(filename, path);
  const { _extensions: extensions } = Module as unknown as {
    _extensions: Record<string, ((module: Compiled, filename: string) => void) | undefined>;
  };
  const former = extensions['.ts'];
  extensions['.ts'] = (module, filename) => {
    const { code, sourceMapPath } = compiler.transform(filename, options);
    if (sourceMapPath !== null) {
      sourceMaps.set(filename, sourceMapPath);
      itsMaps.set(filename, sourceMapPath);
    }
    module._compile(code, filename);
  };
  return () => {
    if (former) extensions['.ts'] = former;
    else delete extensions['.ts'];
  };
}

const options: Parameters<Compiler['transform']>[1] = {
  collectCoverage: false,
  collectCoverageFrom: [],
  coverageProvider: 'v8',
  supportsDynamicImport: false,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

/** Has everything of ours in a folder loaded anew the next time. */
function forget(folder: string): void {
  const isOurs = (path: string): boolean =>
    path.startsWith(folder + sep) && !path.includes(`${sep}node_modules${sep}`) && path !== __filename;
  for (const path of Object.keys(load.cache)) if (isOurs(path)) delete load.cache[path];
}
