import { Unique } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { NodeType } from '../../model/node';
import { PublicIndexes } from '../project/public-in';
import { Subject } from '../subject/subject.entity';
import {
  Approvable,
  Description,
  type ExternalIdentifier,
  ExternalIdentifiers,
  Name,
  NamedElsewhere,
  Proposal,
  Rrid,
} from './proposal';

@NodeType('A species, such as `Mus musculus`.')
@Approvable(['name'])
@NamedElsewhere('species')
@PublicIndexes('name')
export class Species extends Proposal {
  @Name()
  name!: string;

  @Description()
  description!: string | null;

  @Rrid()
  rrid!: string | null;

  @ExternalIdentifiers()
  externalIdentifiers!: ExternalIdentifier[];

  @ConnectionOf(() => Strain, { by: 'speciesId' }, 'Its strains, those approved or proposed by the viewer.')
  strains!: Strain[];

  @ConnectionOf(() => Subject, { by: 'speciesId' }, 'Subjects of this species, those visible to the viewer.')
  subjects!: Subject[];
}

@NodeType('A strain of a species, such as `C57BL/6J`.')
@Approvable(['name'])
@Unique(['id', 'speciesId'])
@NamedElsewhere('strain')
@PublicIndexes('name')
export class Strain extends Proposal {
  @Name()
  name!: string;

  @RefersTo(
    () => Species,
    'The species that it is a strain of; null where that is a proposal which is not approved yet.',
    {
      required: true,
      onDelete: 'NO ACTION',
    },
  )
  speciesId!: string;

  @Description()
  description!: string | null;

  @Rrid()
  rrid!: string | null;

  @ExternalIdentifiers()
  externalIdentifiers!: ExternalIdentifier[];

  @ConnectionOf(() => Subject, { by: 'strainId' }, 'Subjects of this strain, those visible to the viewer.')
  subjects!: Subject[];
}
