import { Check, Column } from 'typeorm';
import { DataStorage } from '../attribute/data-storage.entity';
import { Equipment } from '../attribute/equipment.entity';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { LargeCount, Order, Text, WebAddress } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Session } from '../session/session.entity';
import { Details, ModuleTypeName, SchemaVersion } from './details';
import { Epoch } from './epoch.entity';
import { dataAcquisitionEquipment, dataAcquisitionProcedures } from './module.links';
import { Procedure } from './procedure.entity';
import { WithinEpochOfItsSession } from './within-epoch';

@NodeType('One recording of a session: how it was made, with what, and the file that holds it.')
@Check('data_acquisition_file_size_positive', '"file_size_bytes" >= 0')
@WithinEpochOfItsSession()
export class DataAcquisition extends Node {
  @RefersTo(() => Session, 'The session that it belongs to.', { required: true, alwaysVisible: true })
  sessionId!: string;

  @RefersTo(() => Epoch, 'The part of the session that it recorded; null when it spans the session.', {
    onDelete: 'covered',
  })
  epochId!: string | null;

  @ModuleTypeName('DATA_ACQUISITION')
  type!: string;

  @Details()
  details!: Record<string, unknown>;

  @SchemaVersion()
  schemaVersion!: string;

  @ConnectionOf(
    () => Procedure,
    { through: () => dataAcquisitionProcedures, few: true },
    'The procedures that made it possible, those visible to the viewer.',
  )
  procedures!: Procedure[];

  @ConnectionOf(
    () => Equipment,
    { through: () => dataAcquisitionEquipment, few: true },
    'What it was recorded with, the equipment visible to the viewer.',
  )
  equipment!: Equipment[];

  @Text(
    500,
    "The file's name or path within its storage. Null when not stated, or when the storage that it lies (or lay) in is not shared with the viewer, who does not contribute to the session either.",
  )
  fileName!: string | null;

  /** Not a field: see file-addresses.ts. No foreign key, since what was withheld stays so when the storage is gone. */
  @Column('uuid', { nullable: true })
  fileNameOfId!: string | null;

  @WebAddress(
    'Where the file can be had. Null when not stated, or when the data storage that it lies (or lay) in is not shared with the viewer, who does not contribute to the session either.',
  )
  fileUrl!: string | null;

  /** The same of this address. */
  @Column('uuid', { nullable: true })
  fileUrlOfId!: string | null;

  @LargeCount("The file's size in bytes; null when not stated.")
  fileSizeBytes!: number | null;

  @RefersTo(
    () => DataStorage,
    'The storage in which the file lies; null when none is stated or it is not shared with the viewer.',
    {
      // Forgetting the storage would open fileUrl to all who see the session: deleting one notes first whose they are.
      onDelete: 'NO ACTION',
    },
  )
  dataStorageId!: string | null;

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;

  @Order('The place among the recordings of the session, from 0.')
  order!: number;
}
