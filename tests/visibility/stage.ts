import { accessInForce, type Access } from '../../src/access/access';
import type { Viewer } from '../../src/access/viewer';
import { Oracle } from '../policy/oracle';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type Answer, type TestServer } from '../stage/server';
import { castViewers, type CastName } from '../world/cast';
import { fullWorld } from '../world/generate';
import { containers, type ContainerName } from '../world/people';
import { readShape } from '../world/shape';
import { storeWorld } from '../world/store';
import type { World } from '../world/world';
import { differences } from './compare';
import { Expectation } from './expected';
import { Watch } from './leaks';
import { halves, Operations, type Operation } from './operations';
import type { CursorBook } from './pages';
import type { Provocation } from './provocations';
import { ServedSchema } from './schema';

/** A full world in a database of its own, a real server before it, and everything to judge its answers by. */
export class Stage {
  readonly operations: Operations;

  private constructor(
    readonly database: TestDatabase,
    readonly server: TestServer,
    readonly served: ServedSchema,
    readonly world: World,
  ) {
    this.operations = new Operations(served, world);
  }

  static async open({ seed = 1, size = 1, access = accessInForce }: StageOptions = {}): Promise<Stage> {
    const database = await createTestDatabase();
    const world = fullWorld(readShape(database.dataSource), seed, size);
    await storeWorld(database.dataSource, world);
    const server = await startTestServer(database.dataSource, { access });
    return new Stage(database, server, await ServedSchema.of(server), world);
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.database.drop();
  }

  /** The whole cast, anonymous first; or some of it. */
  cast(...names: (CastName | 'anonymous')[]): Asking[] {
    return castViewers(this.world)
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map(({ name, viewer }) => this.as(viewer, name));
  }

  /** Somebody who asks, with what they may expect. */
  as(viewer: Viewer, name = viewer.kind === 'user' ? viewer.userId : viewer.kind): Asking {
    return new Asking(this, viewer, name);
  }
}

/** An answer, whether it came with errors, and everything that is wrong with it. */
export interface Judgement {
  data: unknown;
  broken: boolean;
  faults: string[];
}

/** Everything that is wrong with any of these, one after the other. */
export async function faultsOfEach<T>(some: readonly T[], faultsOf: (one: T) => Promise<string[]>): Promise<string[]> {
  const faults: string[] = [];
  for (const one of some) faults.push(...(await faultsOf(one)));
  return faults;
}

const keyOf = ({ query, variables }: Operation): string => JSON.stringify([query, variables]);

interface StageOptions {
  seed?: number;
  size?: number;
  access?: Access;
}

export class Asking {
  readonly oracle: Oracle;
  readonly watch: Watch;
  readonly cursors: CursorBook = new Map();
  readonly expectation: Expectation;
  /** Bodies of answers in the world as it was stored, by what was asked. */
  private readonly bodies = new Map<string, string>();
  /** How many reasons were given. */
  reasons = 0;

  constructor(
    readonly stage: Stage,
    readonly viewer: Viewer,
    readonly name: string,
  ) {
    this.oracle = new Oracle(stage.world, viewer);
    this.watch = new Watch(this.oracle);
    this.expectation = new Expectation(stage.served.schema, this.oracle, this.cursors);
  }

  /** Everything that is wrong with the answer to an operation: what is too much, too little or different. */
  async faultsOf(operation: Operation): Promise<string[]> {
    return (await this.answer(operation)).faults;
  }

  faultsOfAll(operations: readonly Operation[]): Promise<string[]> {
    return faultsOfEach(operations, (operation) => this.faultsOf(operation));
  }

  /** The answer to an operation and what is wrong with it; one that asks for too much at once is asked in parts. */
  async answer(operation: Operation, server = this.stage.server): Promise<Judgement> {
    const { name, query, variables } = operation;
    const { body, headers } = await server.send(this.viewer, query, variables);
    if (server === this.stage.server) this.bodies.set(keyOf(operation), body);
    const { data, errors } = JSON.parse(body) as Answer;
    if (errors?.[0]?.extensions.code === 'QUERY_TOO_LARGE') return this.answerInParts(operation, server);
    const faults = [
      ...this.leaksIn(body, headers),
      ...(errors === undefined ? [] : [`errors: ${JSON.stringify(errors)}`]),
      ...differences(this.expectation.answer(query, variables), data, this.cursors),
    ];
    return { data, broken: errors !== undefined, faults: faults.map((fault) => `${this.name}: ${name}: ${fault}`) };
  }

  /**
   * What is wrong with the answer to an operation that asks for reasons as well: that it is another answer than without
   * them, that the reasons tell more than a read would, or that somebody without a role is given any.
   */
  async faultsOfReasons(operation: Operation): Promise<string[]> {
    const { server } = this.stage;
    const { name, query, variables } = operation;
    const plain = this.bodies.get(keyOf(operation)) ?? (await server.send(this.viewer, query, variables)).body;
    const { body } = await server.send(this.viewer, query, variables, { 'stemgraph-explain': 'access' });
    const { extensions, ...answer } = JSON.parse(body) as Answer & { extensions?: { access?: unknown[] } };
    const reasons = extensions?.access?.length ?? 0;
    this.reasons += reasons;
    const faults = [
      ...this.leaksIn(body, {}),
      ...(JSON.stringify(answer) === plain.trimEnd() ? [] : ['another answer than without the reasons']),
      ...(reasons > 0 && !this.hasAnyRole ? [`${reasons} reasons for somebody without a role`] : []),
    ];
    return faults.map((fault) => `${this.name}: ${name}: ${fault}`);
  }

  private get hasAnyRole(): boolean {
    const { world } = this.oracle;
    return (Object.keys(containers) as ContainerName[]).some((type) =>
      world.rows[type].some((row) => this.oracle.role(type, row) !== null),
    );
  }

  private async answerInParts(operation: Operation, server: TestServer): Promise<Judgement> {
    const [first, second] = halves(operation);
    const [one, other] = [await this.answer(first, server), await this.answer(second, server)];
    return { data: undefined, broken: one.broken || other.broken, faults: [...one.faults, ...other.faults] };
  }

  /** What is wrong with the refusal of a wrong request: that it is none, is of another kind, or tells too much. */
  async faultsOfRefusal({ name, query, variables, codes }: Provocation): Promise<string[]> {
    const { body, headers } = await this.stage.server.send(this.viewer, query, variables);
    const { errors = [] } = JSON.parse(body) as Answer;
    const others = errors.map(({ extensions }) => extensions.code).filter((code) => !codes.includes(code));
    const faults = [
      ...this.leaksIn(body, headers),
      ...(errors.length === 0 ? [`no error: ${body}`] : []),
      ...others.map((code) => `${code} instead of ${codes.join(' or ')}: ${query} ${JSON.stringify(variables ?? {})}`),
    ];
    return faults.map((fault) => `${this.name}: ${name}: ${fault}`);
  }

  private leaksIn(body: string, headers: object): string[] {
    return [
      ...this.watch.leaksIn(body).map((leak) => `leak in the body: ${leak}`),
      ...this.watch.leaksIn(JSON.stringify(headers)).map((leak) => `leak in the headers: ${leak}`),
    ];
  }
}
