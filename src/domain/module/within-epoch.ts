import { ForeignKey } from 'typeorm';
import { Epoch } from './epoch.entity';

/**
 * A module stands in at most one epoch, and that epoch is of the module's own session: the database refuses any other.
 * Checked at commit, so that deleting a session may take its epochs and modules in any order.
 */
export function WithinEpochOfItsSession(): ClassDecorator {
  const composite: unknown = ForeignKey(() => Epoch, ['epochId', 'sessionId'], ['id', 'sessionId'], {
    onDelete: 'NO ACTION',
    deferrable: 'INITIALLY DEFERRED',
  });
  return composite as ClassDecorator;
}
