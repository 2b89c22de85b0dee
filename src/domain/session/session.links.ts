import { DataStorage } from '../attribute/data-storage.entity';
import { Setup } from '../attribute/setup.entity';
import { linkTable } from '../../model/links';
import { Subject } from '../subject/subject.entity';
import { Session } from './session.entity';

/** Which subjects took part in a session. They need not share a project with it. */
export const sessionSubjects = linkTable({
  table: 'session_subject',
  ends: [() => Session, () => Subject],
  names: ['Session', 'Subject'],
});

/** Where a session's files lie, the preferred storage first. */
export const sessionDataStorages = linkTable({
  table: 'session_data_storage',
  ends: [() => Session, () => DataStorage],
  names: ['Session', 'DataStorage'],
  ordered: true,
});

/** In which setups a session took place, for sources that name them without a behavior. */
export const sessionSetups = linkTable({
  table: 'session_setup',
  ends: [() => Session, () => Setup],
  names: ['Session', 'Setup'],
});
