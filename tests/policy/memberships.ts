import type { Row } from '../world/world';

/** The id of what a membership is on; undefined for one of a group. */
export function containerOf(membership: Row): unknown {
  return (
    membership['projectId'] ??
    membership['behavioralParadigmId'] ??
    membership['setupId'] ??
    membership['dataStorageId'] ??
    membership['inventoryId']
  );
}

/** Whether there is still time to accept. */
export function isOpen({ expiresAt }: Row): boolean {
  return typeof expiresAt === 'string' && Date.parse(expiresAt) > Date.now();
}

export function soonestFirst(one: Row, other: Row): number {
  const [left, right] = [one, other].map(({ id, expiresAt }) => `${expiresAt as string} ${id}`) as [string, string];
  return left < right ? -1 : 1;
}
