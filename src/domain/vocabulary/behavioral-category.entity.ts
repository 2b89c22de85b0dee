import { NodeType } from '../../model/node';
import { Approvable, Description, Name, Proposal } from './proposal';

@NodeType('A kind of behavior, such as `Spatial navigation`.')
@Approvable(['name'])
export class BehavioralCategory extends Proposal {
  @Name()
  name!: string;

  @Description()
  description!: string | null;
}
