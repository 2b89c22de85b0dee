import type { Permissions } from '../permission';
import { filtered, ifRole, ifTargetVisible, node, open } from './kinds';

// Whoever proposed a term, and administrators, have the one role on it that there is.
const proposal = { ...node, ...open('isApproved'), ...ifRole('MEMBER', 'rejectionComment') };
const term = { ...proposal, ...open('name') };
const named = { ...term, ...open('synonyms') };
const resource = { ...named, ...open('description rrid externalIdentifiers') };
const product = { ...resource, ...open('website'), ...ifTargetVisible('supplier') };

/** Shared terms: visible to all once approved. */
export const vocabularyPermissions: Permissions = {
  Species: { ...resource, ...filtered('strains subjects') },
  Strain: { ...resource, ...filtered('subjects'), ...ifTargetVisible('species') },
  BrainRegion: { ...named, ...open('acronym atlas'), ...filtered('procedures') },
  SetupType: { ...named, ...open('category description') },
  BehavioralCategory: { ...named, ...open('description') },
  Supplier: { ...resource, ...open('website'), ...filtered('hardwareDevices consumables') },
  HardwareDevice: product,
  Consumable: product,
  Journal: { ...term, ...filtered('publications') },
  Publication: {
    ...proposal,
    ...open('title authors abstract doi url pdfUrl publishedOn'),
    ...filtered('projects'),
    ...ifTargetVisible('journal'),
  },
  ExternalIdentifier: open('source identifier url'),
};
