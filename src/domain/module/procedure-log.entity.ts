import { Check } from 'typeorm';
import { ConnectionOf, RefersTo } from '../../model/edges';
import { Instant, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Procedure } from './procedure.entity';
import { Details, ModuleTypeName, SchemaVersion } from './details';

@NodeType('What is regularly noted about a procedure, such as impedances of an implant.')
export class ProcedureLog extends Node {
  @RefersTo(() => Procedure, 'The procedure that it is about.', { required: true, alwaysVisible: true })
  procedureId!: string;

  @ModuleTypeName('PROCEDURE_LOG')
  type!: string;

  @SchemaVersion()
  schemaVersion!: string;

  @Text(500, 'What the log is kept for; null when not written.')
  description!: string | null;

  @ConnectionOf(() => ProcedureLogEntry, { by: 'logId', orderBy: ['startedAt'] }, 'Its entries, in order of time.')
  entries!: ProcedureLogEntry[];
}

@NodeType('One entry of a log.')
@Check('procedure_log_entry_end_after_start', '"ended_at" >= "started_at"')
export class ProcedureLogEntry extends Node {
  @RefersTo(() => ProcedureLog, 'The log that it stands in.', { required: true, alwaysVisible: true })
  logId!: string;

  @Instant('When what it tells of began (UTC).', { required: true })
  startedAt!: Date;

  @Instant('When it ended (UTC), not before `startedAt`; null for a moment or when not stated.')
  endedAt!: Date | null;

  @Text(200, 'Who did it, by name; null when not stated. Visible to everybody who sees the subject.')
  performedBy!: string | null;

  @Text(500, 'Free notes; null when there are none.')
  notes!: string | null;

  @Details()
  details!: Record<string, unknown>;
}
