import { type JsonRecord } from '../json';
import type { ReportWriter } from '../report';
import { isRecordingSuffix } from './acquisition-type';
import type { SetFiles } from './files';
import type { SetFile } from './folder';
import { Inheritance } from './inheritance';
import { type BidsName, nameOf } from './names';
import type { Recording } from './recordings';

interface Sidecar {
  name: BidsName;
  file: SetFile;
  /** Null where it cannot be read. */
  fields: JsonRecord | null;
  isUsed: boolean;
}

/**
 * The JSON files that describe recordings. By BIDS' inheritance principle a file in a folder above, or with fewer labels
 * in its name, applies to every recording that it does not exclude; the more particular file wins field by field.
 */
export class Sidecars {
  private readonly bySuffix = new Map<string, Inheritance<Sidecar>>();

  static async read(files: SetFiles): Promise<Sidecars> {
    const sidecars = new Sidecars();
    for (const file of files.endingIn('.json')) {
      const name = nameOf(file.path);
      if (!isRecordingSuffix(name.suffix) || name.extension !== '.json') continue;
      const ofSuffix = sidecars.bySuffix.get(name.suffix) ?? new Inheritance<Sidecar>();
      ofSuffix.add(name, { name, file, fields: await files.orLeaveOut(file, () => files.json(file)), isUsed: false });
      sidecars.bySuffix.set(name.suffix, ofSuffix);
    }
    return sidecars;
  }

  /** The fields that apply to a recording, and the file of the most particular ones; null where there are none. */
  of({ name }: Recording): { fields: JsonRecord; file: string | null } {
    const applying = this.bySuffix.get(name.suffix)?.applyingTo(name) ?? [];
    for (const sidecar of applying) sidecar.isUsed = true;
    // What one that cannot be read says otherwise, those above it do not tell.
    const told = applying.slice(applying.findLastIndex(({ fields }) => fields === null) + 1);
    const fields = Object.fromEntries(told.flatMap((sidecar) => Object.entries(sidecar.fields ?? {})));
    return { fields, file: told.at(-1)?.file.path ?? null };
  }

  /**
   * Recordings whose files the set does not have or name, known by a sidecar of their own: one that lies beside where
   * they would be and applies to no other recording. To be asked once `of` has been asked for all others.
   */
  recordingsOnTheirOwn(report: ReportWriter): Recording[] {
    const unused = [...this.bySuffix.values()].flatMap((sidecars) => mostParticular(sidecars));
    const own = unused.filter(({ name }) => isBesideRecording(name));
    return own.flatMap(({ name, file }) => {
      const place = { file: file.path };
      if (name.subject === null) return [];
      report.add('DECIDED', 'a recording of which only the sidecar is here: its file is not known', place, file.path);
      return { name: { ...name, extension: '', subject: name.subject }, file: null, size: null, scan: null, place };
    });
  }

  /** The sidecars that have applied to nothing so far. */
  get unused(): { path: string; fields: JsonRecord }[] {
    return this.all.flatMap(({ isUsed, file, fields }) =>
      isUsed || fields === null ? [] : [{ path: file.path, fields }],
    );
  }

  private get all(): Sidecar[] {
    return [...this.bySuffix.values()].flatMap((sidecars) => sidecars.all);
  }
}

/** Those that have applied to nothing and would apply to none of each other. */
function mostParticular(sidecars: Inheritance<Sidecar>): Sidecar[] {
  const unused = sidecars.all.filter(({ isUsed }) => !isUsed);
  const general = new Set(
    unused.flatMap(({ name }) => sidecars.applyingTo(name).filter((other) => other.name !== name)),
  );
  return unused.filter((sidecar) => !general.has(sidecar));
}

/** In a folder such as `eeg` or `func` of a subject. */
function isBesideRecording({ folder }: BidsName): boolean {
  const last = folder.slice(folder.lastIndexOf('/') + 1);
  return folder.startsWith('sub-') && !/^(?:sub|ses)-/.test(last);
}
