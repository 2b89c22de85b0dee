import { fieldName } from './names';
import { nodeNames, types, typesWith, type NodeName, type TypesWith } from './types';

/** Families of types that are treated alike, read off their records; every list of types in the code is made of these. */

/** Projects and what is in them: visible by the projects that they belong to. */
export const projectTypes = typesWith({ family: 'project' });

export type ProjectType = (typeof projectTypes)[number];

/** What is in one or several projects: linked to each, one by one. */
export const sharedTypes = typesWith({ rights: 'inProjects' });

export type SharedType = (typeof sharedTypes)[number];

/** Personal attributes, each shared on its own. */
export const attributeTypes = typesWith({ family: 'attribute', rights: 'owned' });

export type AttributeType = (typeof attributeTypes)[number];

/** Personal attributes and what is in them: they belong to whoever made them, not to a project. */
export const withinAttributes = typesWith({ family: 'attribute' });

/** What roles are held on, and what has an `isPublic` of its own: publishing one never publishes another. */
export const containerTypes = typesWith({ rights: 'owned' });

export type ContainerType = (typeof containerTypes)[number];

/** The columns in which something that is on a container names it: one for each type. */
export const containerProperties = containerTypes.map(
  (type) => `${fieldName(type)}Id` as `${Uncapitalize<typeof type>}Id`,
);

/** The one of these that is set says which it is. */
export type ContainerColumns = Record<(typeof containerProperties)[number], string | null>;

/** Shared terms: proposed by anybody with an account, approved by administrators. */
export const termTypes = typesWith({ family: 'term' });

export type TermType = (typeof termTypes)[number];

/** What is seen by its proposer and administrators until one of them approves it. */
export const proposedTypes = [...termTypes, ...typesWith({ rights: 'byGroup' })];

export type ProposedType = (typeof proposedTypes)[number];

/**
 * The types that authors write. Accounts, groups, roles and tokens have mutations of their own; a subject or session is
 * in its projects by linking, which is no part of its own fields.
 */
export const writableTypes = nodeNames.filter((type): type is WritableType => types[type].rights !== 'apart');

export type WritableType = Exclude<NodeName, TypesWith<{ rights: 'apart' }>>;

/** Whether a type is one of a family. */
export function isOneOf<T extends NodeName>(family: readonly T[], type: NodeName | undefined): type is T {
  return (family as readonly (NodeName | undefined)[]).includes(type);
}

export const isTerm = (type: NodeName | undefined): type is TermType => isOneOf(termTypes, type);
export const isProposed = (type: NodeName | undefined): type is ProposedType => isOneOf(proposedTypes, type);
export const isShared = (type: NodeName | undefined): type is SharedType => isOneOf(sharedTypes, type);
export const isContainer = (type: NodeName | undefined): type is ContainerType => isOneOf(containerTypes, type);
