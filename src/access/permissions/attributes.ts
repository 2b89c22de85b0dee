import type { Permissions } from '../permission';
import { filtered, ifRole, ifTargetVisible, inherited, node, open } from './kinds';

const attribute = {
  ...node,
  ...open('name description isPublic viewerRole'),
  ...ifRole('MEMBER', 'members'),
  ...ifRole('OWNER', 'visibilityHistory'),
};

/** Personal attributes, each shared on its own, and what is in them. */
export const attributePermissions: Permissions = {
  BehavioralParadigm: { ...attribute, ...filtered('behaviors'), ...ifTargetVisible('category setupType') },
  Setup: {
    ...attribute,
    ...open('location specifications'),
    ...inherited('equipment'),
    ...filtered('behaviors'),
    ...ifTargetVisible('setupType'),
    ...ifRole('MEMBER', 'image'),
  },
  Specification: open('name value unit'),
  Equipment: {
    ...node,
    ...open('name type installedAt coordinateSystem coordinates details schemaVersion notes'),
    ...inherited('setup'),
    ...ifTargetVisible('hardwareDevice consumable'),
  },
  DataStorage: { ...attribute, ...open('location organization'), ...filtered('protocols') },
  DataStorageProtocol: { ...node, ...open('protocol path isPublic order'), ...inherited('dataStorage') },
  Inventory: { ...attribute, ...open('location'), ...inherited('consumableStocks') },
  ConsumableStock: {
    ...node,
    ...open(
      'type details schemaVersion acquiredOn expiresOn status storageLocation storageConditions intendedUse cost notes',
    ),
    ...inherited('inventory'),
    ...filtered('procedures'),
    ...ifTargetVisible('consumable'),
  },
};
