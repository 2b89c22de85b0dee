import type { Permissions } from '../permission';
import { filtered, ifRole, ifTargetVisible, node, open } from './words';

// Whoever proposed a word, and administrators, have the one role on it that there is.
const proposal = { ...node, ...open('isApproved'), ...ifRole('MEMBER', 'rejectionComment') };
const word = { ...proposal, ...open('name') };
const resource = { ...word, ...open('description rrid externalIdentifiers') };
const product = { ...resource, ...open('website'), ...ifTargetVisible('supplier') };

/** Shared words: visible to all once approved. */
export const vocabularyPermissions: Permissions = {
  Species: { ...resource, ...filtered('strains subjects') },
  Strain: { ...resource, ...filtered('subjects'), ...ifTargetVisible('species') },
  BrainRegion: { ...word, ...open('acronym atlas'), ...filtered('procedures') },
  SetupType: { ...word, ...open('category description') },
  BehavioralCategory: { ...word, ...open('description') },
  Supplier: { ...resource, ...open('website'), ...filtered('hardwareDevices consumables') },
  HardwareDevice: product,
  Consumable: product,
  Journal: { ...word, ...filtered('publications') },
  Publication: {
    ...proposal,
    ...open('title authors abstract doi url pdfUrl publishedOn'),
    ...filtered('projects'),
    ...ifTargetVisible('journal'),
  },
  ExternalIdentifier: open('source identifier url'),
};
