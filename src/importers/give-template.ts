import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { count, OperatorError } from '../commands/telling';
import { templates } from './sources';
import { codeOf, explainReadFailure } from './text';

/** Prints the template of a source, or puts its files into a folder; a file that is there stays as it is. */
export async function giveTemplate(
  source: string,
  folder: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const template = Object.hasOwn(templates, source) ? templates[source]!() : undefined;
  if (!template) throw new OperatorError(`Only ${Object.keys(templates).join(', ')} has a template.`);
  if (folder === undefined) {
    for (const { name, content } of template)
      for (const line of [`== ${name}`, ...content.trimEnd().split('\n'), '']) say(line);
    return;
  }
  await mkdir(folder, { recursive: true }).catch((error: unknown) => explainReadFailure(folder, error));
  let written = 0;
  for (const { name, content } of template) {
    const isNew = await writeFile(join(folder, name), content, { flag: 'wx' }).then(
      () => true,
      (error: unknown) => (codeOf(error) === 'EEXIST' ? false : explainReadFailure(join(folder, name), error)),
    );
    if (isNew) written += 1;
    else say(`${name} is there already, and stays as it is.`);
  }
  say(`${count(written, 'table')} written to ${folder}: fill in those that you need, and remove the others.`);
}
