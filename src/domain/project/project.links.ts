import { linkTable } from '../../model/links';
import { Session } from '../session/session.entity';
import { Subject } from '../subject/subject.entity';
import { Publication } from '../vocabulary/publication.entity';
import { Project } from './project.entity';

/** Which subjects a project has; a subject may be in several projects. */
export const projectSubjects = linkTable({
  table: 'project_subject',
  ends: [() => Project, () => Subject],
  names: ['Project', 'Subject'],
});

/** Which sessions a project has; a session may be in several projects. */
export const projectSessions = linkTable({
  table: 'project_session',
  ends: [() => Project, () => Session],
  names: ['Project', 'Session'],
});

/** The publications that a project led to. */
export const projectPublications = linkTable({
  table: 'project_publication',
  ends: [() => Project, () => Publication],
  names: ['Project', 'Publication'],
});
