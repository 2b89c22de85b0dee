import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { projectFolder } from '../../../src/project-folder';
import { nodeOfPeers } from './postgraphile/install';
import { commitAtHand } from '../discovery/report';
import type { Round } from './load';
import type { Workload } from './workloads';

/** What was measured of one workload and contestant: the CPU of each request, in milliseconds, of both. */
interface Found {
  rounds: Round[];
  server: number;
  database: number;
}

/** What was measured of one workload, by contestant. */
export interface Measured {
  workload: Workload;
  found: ReadonlyMap<string, Found>;
}

/** The contestant that is ours where answers are kept. */
export const withHotPages = 'hot pages';

const medianOf = (values: number[]): number => values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;

/** The table of ratios as Markdown; kept where all workloads were measured. */
export async function writeReport(
  measured: readonly Measured[],
  memory: Record<string, number>,
  keep: boolean,
): Promise<string> {
  const names = Object.keys(memory);
  const rates = measured.map(({ workload, found }) => {
    const ours = found.get(withHotPages) ?? found.get('Stemgraph')!;
    const ratio = (to: string): string => {
      const theirs = found.get(to);
      return theirs ? (rateOf(ours) / rateOf(theirs)).toFixed(2) : '–';
    };
    const [ruled, free] = ['Stemgraph', 'rules off'].map((name) => costOf(found.get(name)!)) as [number, number];
    return [
      workload.name,
      ...told(names, found, (one) => String(Math.round(rateOf(one)))),
      ...[ratio('PostGraphile'), ratio('textbook'), ratio('limit'), (ruled / free).toFixed(2)],
    ];
  });
  const costs = measured.map(({ workload, found }) => [
    workload.name,
    ...told(names, found, ({ server, database }) => `${server.toFixed(1)} + ${database.toFixed(1)}`),
  ]);
  const latencies = measured.map(({ workload, found }) => [
    workload.name,
    ...told(names, found, ({ rounds }) =>
      ['p50' as const, 'p99' as const].map((at) => medianOf(rounds.map((round) => round[at])).toFixed(0)).join(' / '),
    ),
  ]);
  const text = [
    '# Against others',
    'Written by `npm run bench`: the same database and the same questions, answers compared first; eight at a time over HTTP from one client on the same machine; medians of rounds in turn.',
    `Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; all on Node ${nodeOfPeers()}, PostGraphile 5.1.5. Commit ${commitAtHand()}.`,
    measured.map(({ workload: { name, told } }) => `- ${name}: ${told}`).join('\n'),
    'Requests a second, and how many times those of the others ours are (with hot pages where these are measured, which is where one page is asked for again and again); the last: the CPU with rules over that without. Who cannot do something has a dash.',
    table(['', ...names, '÷ PostGraphile', '÷ textbook', '÷ limit', 'rules'], rates),
    'CPU of one request in milliseconds, of the server and of PostgreSQL:',
    table(['', ...names], costs),
    'Milliseconds until the answer, p50 / p99:',
    table(['', ...names], latencies),
    `The most memory, in MB: ${names.map((name) => `${name} ${memory[name]}`).join(', ')}.`,
  ].join('\n\n');
  const written = await format(text, { parser: 'markdown' });
  if (keep) writeFileSync(join(projectFolder, 'tests', 'performance', 'RESULTS.md'), written);
  return written;
}

const rateOf = ({ rounds }: Found): number => medianOf(rounds.map(({ perSecond }) => perSecond));
const costOf = ({ server, database }: Found): number => server + database;

/** Something of every contestant that has taken part. */
function told(names: readonly string[], found: ReadonlyMap<string, Found>, tell: (one: Found) => string): string[] {
  return names.map((name) => {
    const one = found.get(name);
    return one ? tell(one) : '–';
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, place) => (place < 1 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
