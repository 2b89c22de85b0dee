import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { projectFolder } from '../../../src/project-folder';
import { sizes, type SizeName } from './data/plan';
import type { Figures } from './measure';
import { folder } from './stage';

/** What was measured of one size. */
export interface Results {
  size: SizeName;
  commit: string;
  postgres: string;
  /** How many processes wanted a core while it was measured, on average. */
  load: number;
  reads: { name: string; asMember: boolean; promised?: number; figures: Figures }[];
  writes: Record<string, number>;
}

const fileOf = (size: SizeName): string => join(folder, `results-${size}.json`);

/** Which state of the code is measured. */
export function commitAtHand(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '-uno') === '' ? '' : ' and changes'}`;
}

export function keepResults(results: Results): void {
  writeFileSync(fileOf(results.size), JSON.stringify(results, undefined, 2));
}

/** Both sizes beside each other, as far as they were measured, as Markdown. */
export async function writeReport(file: string): Promise<string> {
  const [small, large] = (['S', 'L'] as const).map(readResults);
  const one = (large ?? small)!;
  const rows = one.reads.map(({ name, asMember, promised }) => {
    const [s, l] = [small, large].map(
      (results) => results?.reads.find((read) => read.name === name && read.asMember === asMember)?.figures,
    );
    const ratio = s && l ? (l.p50 / s.p50).toFixed(1) : '';
    return [name, asMember ? 'member' : 'anybody', ...cellsOf(s), ...cellsOf(l), ratio, promised ?? ''];
  });
  const writes = Object.keys(one.writes).map((name) => {
    const [s, l] = [small, large].map((results) => results?.writes[name]);
    return [name, rounded(s), rounded(l), s && l ? (l / s).toFixed(1) : ''];
  });
  const text = [
    '# What finding takes',
    'Written by `npm run bench:discovery -- S L`. Eight requests at a time over HTTP, by one client beside the server and its PostgreSQL on the same machine; milliseconds, and requests a second.',
    `Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}, PostgreSQL ${one.postgres} with its defaults. ${[small, large].map(told).join(' ')}`,
    table(
      [...['what', 'as', 'S p50', 'p99', 'req/s', 'L p50', 'p95', 'p99', 'req/s'], 'L ÷ S', 'promised'],
      rows.map(([name, as, p50, , p99, rate, ...rest]) => [name!, as!, p50!, p99!, rate!, ...rest]),
    ),
    'One after the other, medians in milliseconds:',
    table(['what', 'S', 'L', 'L ÷ S'], writes),
  ].join('\n\n');
  const written = await format(text, { parser: 'markdown' });
  writeFileSync(file, written);
  return written;
}

function readResults(size: SizeName): Results | undefined {
  return existsSync(fileOf(size)) ? (JSON.parse(readFileSync(fileOf(size), 'utf8')) as Results) : undefined;
}

function told(results: Results | undefined): string {
  if (!results) return '';
  const { projects, sessions, published } = sizes[results.size];
  const all = (count: number): string => count.toLocaleString('en');
  const beside = published.reduce((sum, count) => sum + count, 0);
  return `${results.size}: ${all(projects)} projects, half of them public, ${all(sessions)} sessions and ${all(sessions * 4)} modules; beside them ${all(beside)} sessions in ${published.length} private projects (commit ${results.commit}, load average ${results.load.toFixed(1)}).`;
}

function cellsOf(figures: Figures | undefined): string[] {
  if (!figures) return ['', '', '', ''];
  if (figures.alone) return [`${rounded(figures.p50)} alone`, '', '', ''];
  return [rounded(figures.p50), rounded(figures.p95), rounded(figures.p99), String(Math.round(figures.perSecond))];
}

function rounded(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, place) => (place < 1 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
