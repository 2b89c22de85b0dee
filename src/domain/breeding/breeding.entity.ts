import { Check } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Day, LargeCount, LongText, Text, Words } from '../../model/fields';
import { linkTable } from '../../model/links';
import { Node, NodeType } from '../../model/node';
import { Project } from '../project/project.entity';
import { Subject } from '../subject/subject.entity';
import { BreedingLogEntry } from './breeding-log-entry.entity';

@NodeType(
  'Who was bred with whom in a project, and what litter came of it. Its animals may belong to other projects, such as that of the colony: each is seen as everywhere.',
)
@Check('breeding_two_parents', '"dam_id" <> "sire_id"')
@Check('breeding_end_after_start', '"ended_on" >= "started_on"')
@Check('breeding_birth_after_start', '"birth_date" >= "started_on"')
@Check('breeding_weaned_after_birth', '"weaned_on" >= "birth_date"')
export class Breeding extends Node {
  @RefersTo(() => Project, 'The one project that it belongs to.', { required: true, alwaysVisible: true })
  projectId!: string;

  @Text(100, 'What it is called. Not unique.', { required: true })
  name!: string;

  @RefersTo(() => Subject, 'The mother; null when not stated, or in no project that the viewer may see.')
  damId!: string | null;

  @RefersTo(() => Subject, 'The father; null when not stated, or in no project that the viewer may see.')
  sireId!: string | null;

  @Day('The day on which the pair was put together; null when not stated.')
  startedOn!: string | null;

  @Day('The day on which the pair was separated, not before `startedOn`; null when not stated.')
  endedOn!: string | null;

  @Day('The day on which the litter was born, not before `startedOn`; null when there is none, or not stated.')
  birthDate!: string | null;

  @Day('The day on which the litter was weaned, not before `birthDate`; null when not stated.')
  weanedOn!: string | null;

  @LargeCount('How many were born, whether they became subjects or not; null when not stated.')
  litterSize!: number | null;

  @Text(200, 'The genotype that is expected of the litter; null when not stated.')
  expectedGenotype!: string | null;

  @LongText('Whatever else is worth knowing, in Markdown; null when not written.')
  description!: string | null;

  @Words('Free keywords.')
  tags!: string[];

  @ConnectionOf(
    () => Subject,
    { through: () => breedingOffspring, few: true },
    'Who was born of it and became a subject, those visible to the viewer.',
  )
  offspring!: Subject[];

  @ConnectionOf(
    () => BreedingLogEntry,
    { by: 'breedingId', orderBy: ['startedAt'] },
    'Its log: what was noted about it, in order of time.',
  )
  logEntries!: BreedingLogEntry[];
}

/** Who was born of a breeding. */
export const breedingOffspring = linkTable({
  table: 'breeding_offspring',
  ends: [() => Breeding, () => Subject],
  names: ['Breeding', 'Subject'],
});
