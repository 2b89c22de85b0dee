import type { Columns, Row } from './columns';
import type { Content } from './content';
import type { DemoSubject } from './experiments';

interface BreedingPlan extends Columns<'Breeding'> {
  name: string;
  dam?: DemoSubject;
  sire?: DemoSubject;
  offspring?: readonly DemoSubject[];
  log?: readonly (Columns<'BreedingLogEntry'> & { startedAt: string })[];
}

/** Adds a breeding of a project, with its parents, its offspring and its log. */
export function addBreeding(
  content: Content,
  project: Row<'Project'>,
  recordedAt: string,
  { dam, sire, offspring = [], log = [], ...columns }: BreedingPlan,
): void {
  const name = `${project.id} ${columns.name}`;
  const { id } = content.add('Breeding', name, recordedAt, {
    projectId: project.id,
    damId: dam?.id ?? null,
    sireId: sire?.id ?? null,
    ...columns,
  });
  for (const subject of offspring) content.link('breeding_offspring', { breedingId: id, subjectId: subject.id });
  log.forEach((entry, index) =>
    content.add('BreedingLogEntry', `${name} ${index}`, entry.startedAt, { breedingId: id, ...entry }),
  );
}
