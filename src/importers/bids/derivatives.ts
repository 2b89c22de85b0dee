import { readableText, textOf } from '../json';
import type { SetFiles } from './files';
import type { SetDescription } from './project';

const folder = 'derivatives/';

/**
 * Tells with the project what was computed from the set: one line for each of its `derivatives`, by what made it. Other files
 * there are no raw data.
 */
export async function keepDerivatives(files: SetFiles, { extraFields, report }: SetDescription): Promise<void> {
  const pipelines = new Map<string, string>();
  for (const { path } of files.derived) {
    const pipeline = /^derivatives\/([^/]+)\/dataset_description\.json$/.exec(path)?.[1];
    if (pipeline === undefined) report.leave(folder, null, path);
    else pipelines.set(pipeline, await lineOf(path, files));
  }
  const lines = [...pipelines].map(([pipeline, line]) => `${pipeline}: ${line}`);
  extraFields.keep('derivatives', lines.join('\n'), { file: folder });
}

async function lineOf(path: string, files: SetFiles): Promise<string> {
  const file = files.find(path)!;
  const { Name, ...rest } = (await files.orLeaveOut(file, () => files.json(file))) ?? {};
  return [textOf(Name), readableText(rest)].filter((text) => text !== null).join(' ');
}
