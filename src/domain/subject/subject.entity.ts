import { Check, ForeignKey } from 'typeorm';
import { Breeding, breedingOffspring } from '../breeding/breeding.entity';
import { Cohort, cohortSubjects } from '../cohort/cohort.entity';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Day, JsonObject, LongText, OneOf, Text, Words } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Procedure } from '../module/procedure.entity';
import { SubjectLog } from '../module/subject-log.entity';
import { Project } from '../project/project.entity';
import { IsShared } from '../project/is-shared';
import { projectSubjects } from '../project/project.links';
import { PublicIn, PublicIndexes } from '../project/public-in';
import { PublicSince } from '../project/public-since';
import { Session } from '../session/session.entity';
import { sessionSubjects } from '../session/session.links';
import { Supplier } from '../vocabulary/supplier.entity';
import { Species, Strain } from '../vocabulary/species.entity';
import { sexes, subjectStatuses } from './values';

@NodeType('An animal, a person or a preparation that is recorded from. It may belong to several projects.')
@Check('subject_birth_before_death', '"birth_date" <= "death_date"')
@PublicIndexes('created', 'born', 'age', 'name', 'words_in_name', 'tags')
@ForeignKey(() => Strain, ['strainId', 'speciesId'], ['id', 'speciesId'], { onDelete: 'NO ACTION' })
export class Subject extends Node {
  @Text(100, 'What the laboratory calls it. Not unique.', { required: true })
  name!: string;

  @ConnectionOf(
    () => Project,
    { through: () => projectSubjects, few: true },
    'The projects that it belongs to, those visible to the viewer.',
  )
  projects!: Project[];

  @IsShared()
  isShared!: boolean | null;

  @PublicIn()
  publicIn!: number;

  @PublicSince()
  publicSince!: Date | null;

  @RefersTo(() => Species, 'Its species; null where that is a proposal which is not approved yet.', {
    required: true,
    onDelete: 'NO ACTION',
    indexedWith: 'publicIn',
  })
  speciesId!: string;

  @RefersTo(() => Strain, 'Its strain, of the same species; null when not stated or not approved yet.', {
    onDelete: 'covered',
    indexedWith: 'publicIn',
  })
  strainId!: string | null;

  @OneOf(sexes, 'Its biological sex.', { required: true })
  sex!: string;

  @Text(
    100,
    'Its age as an ISO 8601 duration (`P90D`) or range (`P3M/P6M`), as the source states it; null when not stated.',
    { duration: true },
  )
  age!: string | null;

  @OneOf(subjectStatuses, 'Where it is in its life in the laboratory.', { required: true, defaultValue: 'UNKNOWN' })
  status!: string;

  @LongText('Whatever else is worth knowing, in Markdown; null when not written.')
  description!: string | null;

  @Text(100, 'The genetic line; null when not stated.')
  geneticLine!: string | null;

  @Text(200, 'The genotype; null when not stated.')
  genotype!: string | null;

  @Day('The day of birth; null when not stated.')
  birthDate!: string | null;

  @Day('The day of death, not before the day of birth; null while alive or not stated.')
  deathDate!: string | null;

  @Text(100, 'An identifier elsewhere, such as an ear tag or colony number; null when there is none.')
  identifier!: string | null;

  @RefersTo(() => Supplier, 'Where it came from; null when not stated or not approved yet.', { onDelete: 'NO ACTION' })
  supplierId!: string | null;

  @Words('Free keywords.')
  tags!: string[];

  @JsonObject(
    'Further facts by name; keys start with a letter and hold letters, digits and `_`, values are strings or finite numbers.',
  )
  extraFields!: Record<string, string | number>;

  @Text(200, 'Its name in file paths (see `Session.dataPaths`); null when it is the same as `name`.')
  nameUsedInStorage!: string | null;

  @ConnectionOf(
    () => Procedure,
    { by: 'subjectId', orderBy: ['dateTime'], few: true },
    'What was done to it, in order of time.',
  )
  procedures!: Procedure[];

  @ConnectionOf(() => SubjectLog, { by: 'subjectId', few: true }, 'Its logs, such as weighing or habituation.')
  logs!: SubjectLog[];

  @ConnectionOf(
    () => Cohort,
    { through: () => cohortSubjects, few: true },
    'The cohorts that it is in, those visible to the viewer.',
  )
  cohorts!: Cohort[];

  @ConnectionOf(
    () => Session,
    { through: () => sessionSubjects },
    'The sessions that it took part in, those visible to the viewer.',
  )
  sessions!: Session[];

  @ConnectionOf(
    () => Breeding,
    { through: () => breedingOffspring, few: true },
    'The breedings that it was born of, those visible to the viewer: one in each project that records it.',
  )
  bornOf!: Breeding[];

  @ConnectionOf(
    () => Breeding,
    { by: 'damId', few: true },
    'The breedings of which it is the mother, those visible to the viewer.',
  )
  damOf!: Breeding[];

  @ConnectionOf(
    () => Breeding,
    { by: 'sireId', few: true },
    'The breedings of which it is the father, those visible to the viewer.',
  )
  sireOf!: Breeding[];
}
