import type { Oracle } from '../policy/oracle';
import type { Row, TypeName } from '../world/world';

const editable = [
  ...(['Project', 'Subject', 'Session', 'Collection', 'Cohort', 'Breeding'] as const),
  ...(['BehavioralParadigm', 'Setup', 'DataStorage', 'Inventory'] as const),
];

/** What was edited last of what the viewer contributes to, the latest first. */
export function recentlyEdited(oracle: Oracle): { type: TypeName; row: Row }[] {
  return editable
    .flatMap((type) => oracle.world.rows[type].map((row) => ({ type, row })))
    .filter(({ type, row }) => oracle.hasRole(type, row, 'CONTRIBUTOR'))
    .sort(({ row: one }, { row: other }) => {
      const [edited, later] = [one['updatedAt'] as string, other['updatedAt'] as string];
      return edited === later ? (one.id < other.id ? -1 : 1) : edited < later ? 1 : -1;
    })
    .slice(0, 20);
}
