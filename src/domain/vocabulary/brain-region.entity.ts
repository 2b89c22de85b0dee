import { ConnectionOf } from '../../model/edges';
import { OneOf, Text } from '../../model/fields';
import { NodeType } from '../../model/node';
import { Procedure } from '../module/procedure.entity';
import { Approvable, atlases, Proposal, Synonyms } from './proposal';

@NodeType('A region of a reference atlas of the brain.')
@Approvable(['atlas', 'acronym'], ['atlas', 'name'])
export class BrainRegion extends Proposal {
  @Text(200, 'Its name in the atlas; unique there among the approved.', { required: true })
  name!: string;

  @Text(15, 'Its acronym in the atlas; unique there among the approved.', { required: true })
  acronym!: string;

  @Synonyms()
  synonyms!: string[];

  @OneOf(atlases, 'The atlas that defines it.', { required: true })
  atlas!: string;

  @ConnectionOf(() => Procedure, { by: 'brainRegionId' }, 'Procedures done there, those visible to the viewer.')
  procedures!: Procedure[];
}
