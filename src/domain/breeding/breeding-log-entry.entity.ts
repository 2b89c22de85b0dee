import { Check } from 'typeorm';
import { RefersTo } from '../../model/edges';
import { Instant, Text } from '../../model/fields';
import { Node, NodeType } from '../../model/node';
import { Breeding } from './breeding.entity';

@NodeType('One entry in the log of a breeding, such as a plug check or a count of pups.')
@Check('breeding_log_entry_end_after_start', '"ended_at" >= "started_at"')
export class BreedingLogEntry extends Node {
  @RefersTo(() => Breeding, 'The breeding that it is about.', { required: true, alwaysVisible: true })
  breedingId!: string;

  @Instant('When what it tells of began (UTC).', { required: true })
  startedAt!: Date;

  @Instant('When it ended (UTC), not before `startedAt`; null for a moment or when not stated.')
  endedAt!: Date | null;

  @Text(200, 'Who did it, by name; null when not stated. Visible to everybody who sees the breeding.')
  performedBy!: string | null;

  @Text(500, 'What was noted; null when nothing was.')
  notes!: string | null;
}
