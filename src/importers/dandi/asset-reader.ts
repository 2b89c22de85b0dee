import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { cleaned } from '../cleaning';
import { ImportError } from '../import-error';
import { isRecord, type JsonRecord, textOf } from '../json';
import type { Place, ReportWriter } from '../report';
import type { Asset } from './acquisitions';
import { labelsOf } from './labels';

/** An asset with where it stands, whatever the list is kept in, or what is wrong with it. */
export interface Listed {
  asset: (JsonRecord & { path: string }) | ImportError;
  file: string;
  line?: number;
  /** Whether what is wrong is so with the file as a whole. */
  isWhole?: boolean;
  bytesRead: number;
}

/** The assets of one list. Those that are faulty are left out, and so are those of which the list says two different things. */
export class AssetReader {
  private readonly assets = new Map<string, Asset>();
  private readonly contradicted = new Set<string>();
  private fault: ImportError | null = null;

  /** `files` is what the report calls the list. */
  constructor(
    private readonly report: ReportWriter,
    private readonly files: string,
  ) {}

  get count(): number {
    return this.assets.size;
  }

  add({ asset: raw, file, line, isWhole = false }: Listed): void {
    const place = { file: basename(file), ...(line !== undefined && { line }) };
    const asset = raw instanceof ImportError ? raw : this.cleanedOrFault(raw, place, file);
    if (asset instanceof ImportError) return this.leave(asset, place, isWhole);
    const { path } = raw as Asset['asset'] & { path: string };
    const first = this.assets.get(path);
    const described = this.described(asset, place);
    if (first && isDeepStrictEqual([first.asset, first.metadata], [described.asset, described.metadata]))
      return this.report.add('DECIDED', 'a file that the list names twice, with the same, is one', place, path);
    this.report.ledger.noteAll(this.files, asset);
    if (first || this.contradicted.has(path)) return this.leaveBoth(path, first, place, file);
    this.assets.set(path, { path, labels: labelsOf(path), place, ...described });
  }

  /** All in the order of their paths, and whether none is left out. Throws the first fault where nothing else is there. */
  finish(): { assets: Asset[]; areAll: boolean } {
    if (this.fault && this.assets.size === 0) throw this.fault;
    const assets = [...this.assets.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
    return { assets, areAll: this.fault === null };
  }

  private leave(fault: ImportError, { file }: Place, isWhole: boolean): void {
    this.fault ??= fault;
    this.report.leaveOut(fault, file, isWhole);
  }

  /** Which of two entries is right nobody can tell, whatever their order. */
  private leaveBoth(path: string, first: Asset | undefined, place: Place, file: string): void {
    this.assets.delete(path);
    this.contradicted.add(path);
    const before = first && (first.place.line === undefined ? first.place.file : `line ${first.place.line}`);
    const what = `The path ${path} is here for the second time${first ? ` (first in ${before})` : ''}, with something else.`;
    const remedy = 'Paths in a set are unique; download the list again.';
    this.leave(new ImportError({ file, line: place.line ?? null, what, remedy }), place, false);
  }

  private cleanedOrFault(raw: JsonRecord, place: Place, file: string): JsonRecord | ImportError {
    try {
      const kept = cleaned(raw, this.report, place, file);
      return isRecord(kept) ? kept : {};
    } catch (error) {
      if (error instanceof ImportError) return error;
      throw error;
    }
  }

  /** What the archive says of a file and what the file says of itself, also where the archive serves both as one. */
  private described(asset: JsonRecord, place: Place): Pick<Asset, 'asset' | 'metadata'> {
    if (isRecord(asset.metadata)) return { asset, metadata: asset.metadata };
    const ofFiles = ['schemaKey', 'contentUrl', 'encodingFormat', 'wasAttributedTo', 'contentSize'];
    if (ofFiles.some((key) => Object.hasOwn(asset, key)))
      return { asset: { path: asset.path ?? null }, metadata: asset };
    this.report.add('NOT_UNDERSTOOD', 'a file comes without metadata', place, textOf(asset.path));
    return { asset, metadata: {} };
  }
}
