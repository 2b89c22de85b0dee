import { resolveHistory } from '../loading/resolve';
import { ComputedConnection } from '../model/edges';
import { PublicationEvent } from './publication-event.entity';

/** The field `publicationHistory` of whatever can be published. */
export function PublicationHistory(): PropertyDecorator {
  return ComputedConnection(
    () => PublicationEvent,
    {
      nullable: true,
      description: 'Every publication and revoke of it, the newest first. Null unless the viewer is an owner.',
    },
    resolveHistory,
  );
}
