import { NodeType } from '../../model/node';
import { Approvable, Description, Name, Proposal, Synonyms } from './proposal';

@NodeType('A kind of behavior, such as `Spatial navigation`.')
@Approvable(['name'])
export class BehavioralCategory extends Proposal {
  @Name()
  name!: string;

  @Synonyms()
  synonyms!: string[];

  @Description()
  description!: string | null;
}
