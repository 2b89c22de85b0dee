import { attributeTypes, containerTypes, proposedTypes, sharedTypes } from './families';
import type { NodeName } from './ids';

/** What several types have in common, so that one fragment reads it of all of them. */
export interface SharedShape {
  name: string;
  description: string;
  /** Those that their records say; else all that have its fields. */
  of?: readonly NodeName[];
  /** Its fields beside those of Node, with what is said of each. */
  fields: Readonly<Record<string, string>>;
  /** The wider ones, of which each of these types is too. */
  within?: readonly string[];
}

const members = {
  name: 'What it is called.',
  isPublic: 'Whether everybody can read it. Only publishing and revoking change it.',
  viewerRole: "The viewer's own role here; null for anonymous viewers and for those without one.",
  members: 'Who has which role. Null unless the viewer has a role on it.',
  visibilityHistory: 'Every time that it was made public or private again. Null unless the viewer is an owner.',
};

/**
 * The interfaces of the graph beside Node. A field that is reached through one is decided by the type of the object that is
 * there, exactly as if it had been asked for by that type.
 */
export const sharedShapes: readonly SharedShape[] = [
  {
    name: 'HasMembers',
    description: 'What roles are held on, and what is published on its own: a project or a personal attribute.',
    of: containerTypes,
    fields: members,
  },
  {
    name: 'PersonalAttribute',
    description: 'A paradigm, setup, inventory or storage: projects refer to it, and it is shared on its own.',
    of: attributeTypes,
    fields: { ...members, description: 'What it is, in Markdown; null when not written.' },
    within: ['HasMembers'],
  },
  {
    name: 'Shared',
    description: 'What can be in several projects: the owners of each decide who sees it.',
    of: sharedTypes,
    fields: {
      name: 'What it is called.',
      projects: 'The projects that it belongs to, those visible to the viewer.',
      isShared: 'Whether it is also in a project that is hidden from the viewer. Null unless they are an owner of one.',
    },
  },
  {
    name: 'SessionModule',
    description: 'A part of what happened in a session.',
    fields: {
      session: 'The session in which it took place.',
      epoch: 'The part of the session in which it took place; null when it was the whole.',
      order: 'The place among its kind in the session, from 0.',
      notes: 'Free notes; null when there are none.',
    },
  },
  {
    name: 'Typed',
    description: 'What is of a type of a closed list, `moduleTypes`.',
    fields: {
      type: 'Its type, one of `moduleTypes` of its kind.',
      schemaVersion: "The version of the type's schema that its details follow.",
    },
  },
  {
    name: 'Detailed',
    description: 'What holds whatever is particular to its type; of an entry of a log, to the type of the log.',
    fields: { details: "JSON that follows the type's JSON Schema: an object, and of manipulations a list of objects." },
  },
  {
    name: 'Term',
    description:
      'What everybody shares, once an administrator has approved it: a term of the vocabulary, or a laboratory.',
    of: proposedTypes,
    fields: {
      isApproved: 'False for a proposal that awaits approval: only its proposer and administrators see it.',
      rejectionComment:
        'Why an administrator rejected it. Null unless one did, and to everybody but its proposer and administrators.',
    },
  },
];

/** Fields that lead to any of several types: their models call them nodes, and here they are narrowed to the interface. */
export const narrowed: Readonly<Record<string, string>> = {
  'Membership.container': 'HasMembers',
  'ProposalPayload.proposal': 'Term',
};
