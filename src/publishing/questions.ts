import type { VisibilityImpact } from './impact.types';
import type { ContainerType, SharedType } from '../model/families';
import { counted } from '../model/names';

/** What a confirmed act opens: by its own flag, or by being linked to a public project. */
export type OpenedType = ContainerType | SharedType;

/** The question about a project is the user's own, word for word. */
const questions: Record<OpenedType, string> = {
  Project:
    'Are you sure you want to make this project public? This will make all related content visible to the public (subjects, sessions, and modules associated with the project).',
  BehavioralParadigm: 'Are you sure you want to make this behavioral paradigm public?',
  Setup: 'Are you sure you want to make this setup public? This will make its equipment visible to the public.',
  Inventory:
    'Are you sure you want to make this inventory public? This will make its consumable stocks visible to the public.',
  Subject:
    'Are you sure you want to link this subject to a public project? This will make it, its procedures and its logs visible to the public.',
  Session:
    'Are you sure you want to link this session to a public project? This will make it, its epochs and its modules visible to the public.',
  DataStorage:
    'Are you sure you want to make this data storage public? This will make the protocols that you name, and the file addresses of recordings that lie in it, visible to the public.',
};

/** Begins with the question, then says what would come of it and how to go on. */
export function askToConfirm(type: OpenedType, impact: VisibilityImpact): string {
  return [
    questions[type],
    ...consequences(impact),
    'Nothing has changed yet: send the same mutation with `confirm: true` to go on.',
  ].join(' ');
}

export function published(type: OpenedType, impact: VisibilityImpact): string {
  return [`This ${names[type]} is public now.`, ...consequences(impact, 'became')].join(' ');
}

export const alreadyPublic = (type: ContainerType): string =>
  `This ${names[type]} was public already; nothing has changed.`;
export const alreadyPrivate = (type: ContainerType): string =>
  `This ${names[type]} was private already; nothing has changed.`;
export const alreadyPrivateProtocols = 'These protocols were private already; nothing has changed.';
export const revokedProtocols =
  'These protocols are private now, and nothing else has changed. Copies that were made while they were public stay with those who made them.';
export const revoked = (type: ContainerType): string =>
  `This ${names[type]} is private now. Copies that were made while it was public stay with those who made them.`;

const names: Record<OpenedType, string> = {
  Project: 'project',
  BehavioralParadigm: 'behavioral paradigm',
  Setup: 'setup',
  Inventory: 'inventory',
  DataStorage: 'data storage',
  Subject: 'subject',
  Session: 'session',
};

function consequences(impact: VisibilityImpact, became = 'would become'): string[] {
  const { subjects, sessions, modules, sharedSubjects, sharedSessions, sharedOutOfSight, stillHidden } = impact;
  const lines: string[] = [];
  if (subjects + sessions + modules > 0)
    lines.push(
      `${counted(sessions, 'session')}, ${counted(subjects, 'subject')} and ${counted(modules, 'module')} ${became} visible.`,
    );
  if (sharedSubjects + sharedSessions > 0)
    lines.push(
      `Of these, ${counted(sharedSessions, 'session')} and ${counted(sharedSubjects, 'subject')} are also in other projects${sharedOutOfSight > 0 ? ', some of them hidden from you' : ''}: their owners decide for themselves.`,
    );
  if (stillHidden.length > 0) {
    const references = stillHidden.reduce((sum, one) => sum + one.references, 0);
    lines.push(
      `${counted(stillHidden.length, 'personal attribute')} in ${counted(references, 'reference')} ${became === 'became' ? 'still read' : 'would still read'} as null: each is published on its own.`,
    );
  }
  return lines;
}
