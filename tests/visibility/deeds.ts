import { newId } from '../../src/model/ids';
import type { Lab } from '../publishing/lab';

/*
 * What is written to the database itself, for two who do it at once.
 */

export const publish = (id: string): string =>
  `UPDATE project SET is_public = true, published_at = now(), first_published_at = now() WHERE id = '${id}'`;
export const revoke = (id: string): string =>
  `UPDATE project SET is_public = false, published_at = NULL WHERE id = '${id}'`;

/** A project with a subject and a session, and something in each; and a stock, of which nothing is used. */
export type Place = Record<'project' | 'subject' | 'session' | 'stock', string>;

export type Deed = (at: Place) => string;

const opening: Deed = ({ project }) => publish(project);
const closing: Deed = ({ project }) => revoke(project);
const adding: Deed = ({ session }) =>
  `INSERT INTO data_acquisition (id, session_id, type, schema_version) VALUES ('${newId('DataAcquisition')}', '${session}', 'Audio', '1')`;
const moving: Deed = ({ subject, stock }) =>
  `UPDATE procedure SET consumable_stock_id = '${stock}' WHERE subject_id = '${subject}'`;
const taking: Deed = ({ session }) => `DELETE FROM data_acquisition WHERE session_id = '${session}'`;
const removing: Deed = ({ subject, session }) =>
  `DELETE FROM session WHERE id = '${session}'; DELETE FROM subject WHERE id = '${subject}'`;
export const editing: Deed = ({ subject, session }) =>
  `UPDATE session SET name = 'Day' WHERE id = '${session}'; UPDATE subject SET name = 'Day' WHERE id = '${subject}'`;

/** What is written in a subject or a session. */
export const writes = [adding, moving, taking];

/** It, and what opens, closes or deletes the place, in either order; and whether it is public before. */
export const pairs = writes.flatMap((write) => [
  ...[opening, closing].flatMap((turn) => {
    const isOpen = turn === closing;
    return [
      { isOpen, one: write, other: turn },
      { isOpen, one: turn, other: write },
    ];
  }),
  { isOpen: true, one: write, other: removing },
]);

/** A place in a project that is there. */
export async function place(lab: Lab, project: string): Promise<Place> {
  const supplierId = await lab.add('Supplier', { name: `Mill ${Math.random()}`, isApproved: true });
  const speciesId = await lab.add('Species', { name: `Mus ${Math.random()}`, isApproved: true });
  const consumableId = await lab.add('Consumable', { name: `Virus ${Math.random()}`, supplierId, isApproved: true });
  const inventoryId = await lab.add('Inventory', { name: 'Shelf' });
  const stock = await lab.add('ConsumableStock', {
    inventoryId,
    consumableId,
    type: 'ViralVector',
    schemaVersion: '1',
  });
  const subject = await lab.add('Subject', { name: 'Anna', speciesId, sex: 'FEMALE' });
  const session = await lab.add('Session', { name: 'Night' });
  await lab.link('project_subject', { project_id: project, subject_id: subject });
  await lab.link('project_session', { project_id: project, session_id: session });
  await lab.add('Procedure', { subjectId: subject, type: 'BurrHole', schemaVersion: '1' });
  await lab.add('DataAcquisition', { sessionId: session, type: 'Audio', schemaVersion: '1' });
  return { project, subject, session, stock };
}
