import { attributeTypes, isOneOf } from '../model/families';
import type { NodeName } from '../model/ids';

/** What has an `isPublic` of its own. Publishing one never publishes another. */
export const publishableTypes = ['Project', ...attributeTypes] as const satisfies readonly NodeName[];

export type PublishableType = (typeof publishableTypes)[number];

export const isPublishable = (type: NodeName | undefined): type is PublishableType => isOneOf(publishableTypes, type);
