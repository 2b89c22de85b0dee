import type { NodeName } from '../model/ids';

/** What has an `isPublic` of its own. Publishing one never publishes another. */
export const publishableTypes = [
  'Project',
  'BehavioralParadigm',
  'Setup',
  'Inventory',
  'DataStorage',
] as const satisfies readonly NodeName[];

export type PublishableType = (typeof publishableTypes)[number];

export const attributeTypes = [
  'BehavioralParadigm',
  'Setup',
  'Inventory',
  'DataStorage',
] as const satisfies readonly PublishableType[];

export type AttributeType = (typeof attributeTypes)[number];

export function isPublishable(type: NodeName | undefined): type is PublishableType {
  return (publishableTypes as readonly (NodeName | undefined)[]).includes(type);
}
