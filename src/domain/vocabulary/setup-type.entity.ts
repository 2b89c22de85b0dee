import { OneOf } from '../../model/fields';
import { NodeType } from '../../model/node';
import { Approvable, Description, Name, Proposal, setupCategories, Synonyms } from './proposal';

@NodeType('A kind of setup, such as `Linear track`.')
@Approvable(['name'])
export class SetupType extends Proposal {
  @Name()
  name!: string;

  @Synonyms()
  synonyms!: string[];

  @OneOf(setupCategories, 'In which state the subject is in such a setup.', { required: true })
  category!: string;

  @Description()
  description!: string | null;
}
