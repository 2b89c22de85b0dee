import { open, writeFile } from 'node:fs/promises';
import { OperatorError } from '../commands/telling';
import type { ImportOutcome } from '../tree/outcome';
import type { Finding, FindingKind, Report } from './report';
import type { Source } from './source-tree';

/** Raised when what a program reads from a report changes its place or meaning; what is added does not raise it. */
const version = 1;

/** What became of the set, beside its report. */
export interface Told {
  source: Source;
  report: Report;
  outcome: ImportOutcome;
  dryRun: boolean;
  /** Where the project is read; null where there is none. */
  address: string | null;
}

const decisions: FindingKind[] = ['CHANGED', 'TAKEN_BACK', 'DECIDED'];

/** A report for programs, in the order of that for people. */
function reportAsJson({ source, report, outcome, dryRun, address }: Told): object {
  const of = (kinds: FindingKind[]): Finding[] => report.findings.filter(({ kind }) => kinds.includes(kind));
  const { projectId, created, updated, unchanged, faults } = outcome;
  return {
    format: 'stemgraph-import-report',
    version,
    faults: of(['LEFT_OUT', 'NOT_UNDERSTOOD', 'NOT_IMPORTED', 'SHORTENED']),
    left: report.left,
    decisions: of(decisions),
    reworded: report.reworded,
    kept: of(['KEPT_ASIDE']),
    read: report.read,
    mapped: report.mapped,
    source,
    outcome: { dryRun, projectId, address, created, updated, unchanged, faults },
  };
}

/** Makes sure that a report can be written there, before anything is done that it is to tell of. */
export async function checkReportFile(path: string): Promise<void> {
  const file = await open(path, 'a').catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The report cannot be written to ${path} (${error.code}): name a file in a folder that is there.`,
    );
  });
  await file.close();
}

export async function writeReport(path: string, told: Told): Promise<void> {
  await writeFile(path, `${JSON.stringify(reportAsJson(told), null, 2)}\n`);
}
