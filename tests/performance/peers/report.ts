import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { projectFolder } from '../../../src/project-folder';
import { commitAtHand } from '../discovery/report';
import type { Round } from './load';
import type { Workload } from './workloads';

/** What was measured of one workload, by contestant. */
export interface Measured {
  workload: Workload;
  found: ReadonlyMap<string, { rounds: Round[]; server: number; database: number }>;
}

const medianOf = (values: number[]): number => values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;

/** The table of ratios as Markdown; kept where all workloads were measured. */
export async function writeReport(
  measured: readonly Measured[],
  memory: Record<string, number>,
  keep: boolean,
): Promise<string> {
  const names = [...measured[0]!.found.keys()];
  const rates = measured.map(({ workload, found }) => {
    const rate = (name: string): number => medianOf(found.get(name)!.rounds.map(({ perSecond }) => perSecond));
    const ratio = (to: string): string => (rate('Stemgraph') / rate(to)).toFixed(2);
    const ruled = found.get('Stemgraph')!.server + found.get('Stemgraph')!.database;
    const free = found.get('rules off')!.server + found.get('rules off')!.database;
    return [
      workload.name,
      ...names.map((name) => String(Math.round(rate(name)))),
      ...[ratio('PostGraphile'), ratio('textbook'), ratio('limit'), (ruled / free).toFixed(2)],
    ];
  });
  const costs = measured.map(({ workload, found }) => [
    workload.name,
    ...names.map((name) => {
      const { server, database } = found.get(name)!;
      return `${server.toFixed(1)} + ${database.toFixed(1)}`;
    }),
  ]);
  const latencies = measured.map(({ workload, found }) => [
    workload.name,
    ...names.map((name) => {
      const { rounds } = found.get(name)!;
      return `${medianOf(rounds.map(({ p50 }) => p50)).toFixed(0)} / ${medianOf(rounds.map(({ p99 }) => p99)).toFixed(0)}`;
    }),
  ]);
  const text = [
    '# Against others',
    'Written by `npm run bench`: the same database and the same questions, answers compared first; eight at a time over HTTP from one client on the same machine; medians of rounds in turn.',
    `Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version} (PostGraphile 5.1.5 on Node 22). Commit ${commitAtHand()}.`,
    measured.map(({ workload: { name, told } }) => `- ${name}: ${told}`).join('\n'),
    'Requests a second, and how many times those of the others ours are; the last: the CPU with rules over that without.',
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, place) => (place < 1 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
