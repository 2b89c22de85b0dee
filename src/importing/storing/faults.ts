import type { ImportFault } from '../../tree/outcome';
import { faultCodes, type Fault, type FaultCode } from '../../writing/faults';

/** What can be wrong with a tree beyond what can be wrong with one value. Stable: clients may rely on them. */
export const importFaultCodes = {
  ...faultCodes,
  BAD_JSON: 'The line is not JSON, was cut off, or holds a number or key that could not be kept as it is.',
  BAD_ENCODING: 'The line is not UTF-8, or holds text that cannot be stored.',
  LINE_TOO_LONG: 'The line is longer than a line may be.',
  TOO_DEEP: 'Lists and objects on the line stand in each other too deep.',
  UNKNOWN_TYPE: 'There is no such type to import.',
  NO_PROJECT: 'A tree has exactly one entry of the type Project.',
  FORBIDDEN: 'The role of the importer is too weak for it.',
} as const;

export type ImportFaultCode = FaultCode | keyof typeof importFaultCodes;

/** How many faults of one tree are told. */
export const mostFaults = 1000;

/** Thrown when so much is wrong that nothing more is looked at. */
export class EnoughFaults extends Error {}

/** Where in a tree something is. */
export interface EntryPlace {
  line: number | null;
  key: string | null;
}

/** Collects what is wrong with a tree. Throws EnoughFaults once it holds as many as are told. */
export class FaultList {
  readonly all: ImportFault<ImportFaultCode>[] = [];

  add({ line, key }: EntryPlace, code: ImportFaultCode, path: ImportFault['path'], message: string): void {
    this.all.push({ entry: line, key, path, code, message });
    if (this.all.length >= mostFaults) throw new EnoughFaults();
  }

  /** Adds what both ways to write tell. */
  tell(place: EntryPlace, faults: readonly Fault[]): void {
    for (const { code, path, message } of faults) this.add(place, code, path, message);
  }

  /** What is wrong with one entry so far. */
  of({ line }: EntryPlace): readonly Pick<Fault, 'path'>[] {
    return this.all.filter(({ entry }) => entry === line);
  }

  /** How many entries something is wrong with. */
  get rejected(): number {
    return new Set(this.all.map(({ entry }) => entry)).size;
  }
}
