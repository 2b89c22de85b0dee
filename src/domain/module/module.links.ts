import { Equipment } from '../attribute/equipment.entity';
import { linkTable } from '../../model/links';
import { Subject } from '../subject/subject.entity';
import { Behavior } from './behavior.entity';
import { DataAcquisition } from './data-acquisition.entity';
import { Manipulation } from './manipulation.entity';
import { Procedure } from './procedure.entity';

export const behaviorSubjects = linkTable({
  table: 'behavior_subject',
  ends: [() => Behavior, () => Subject],
  names: ['Behavior', 'Subject'],
});

export const dataAcquisitionProcedures = linkTable({
  table: 'data_acquisition_procedure',
  ends: [() => DataAcquisition, () => Procedure],
  names: ['DataAcquisition', 'Procedure'],
});

export const dataAcquisitionEquipment = linkTable({
  table: 'data_acquisition_equipment',
  ends: [() => DataAcquisition, () => Equipment],
  names: ['DataAcquisition', 'Equipment'],
});

export const manipulationProcedures = linkTable({
  table: 'manipulation_procedure',
  ends: [() => Manipulation, () => Procedure],
  names: ['Manipulation', 'Procedure'],
});

export const manipulationEquipment = linkTable({
  table: 'manipulation_equipment',
  ends: [() => Manipulation, () => Equipment],
  names: ['Manipulation', 'Equipment'],
});

export const procedureEquipment = linkTable({
  table: 'procedure_equipment',
  ends: [() => Procedure, () => Equipment],
  names: ['Procedure', 'Equipment'],
});
