import type { LinkName, Row, TypeName, World } from '../world/world';
import { holders, onesOwn, ranks, type RoleName } from './holders';
import { containerOf, isOpen, soonestFirst } from './memberships';

/** Who asks, as the visibility page has it: nobody in particular, or a user. */
export type Asker = { readonly kind: 'anonymous' } | { kind: 'user'; userId: string; isAdministrator: boolean };

/**
 * The visibility page over plain data, read off its tables and sharing no code with the server, for one viewer of one
 * world. Tests hold the server against it. Slow and simple on purpose.
 */
export class Oracle {
  private readonly byId = new Map<string, { type: TypeName; row: Row }>();
  private readonly seen = new Map<string, boolean>();
  private readonly held = new Map<string, RoleName | null>();

  constructor(
    readonly world: World,
    readonly viewer: Asker,
  ) {
    for (const type of Object.keys(world.rows) as TypeName[])
      for (const row of world.rows[type]) this.byId.set(row.id, { type, row });
  }

  /** The table "Rules": is this object visible to the viewer? */
  sees(type: TypeName, row: Row): boolean {
    const known = this.seen.get(row.id);
    if (known !== undefined) return known;
    const answer = this.judge(type, row);
    this.seen.set(row.id, answer);
    return answer;
  }

  /** The same, for an id; nobody sees what does not exist. */
  seesId(id: unknown): boolean {
    const found = this.byId.get(id as string);
    return found !== undefined && this.sees(found.type, found.row);
  }

  find(id: unknown): { type: TypeName; row: Row } | undefined {
    return this.byId.get(id as string);
  }

  private judge(type: TypeName, row: Row): boolean {
    const holder = holders[type];
    if (holder) return this.seesId(row[holder]);
    switch (type) {
      // "it is public (itself), or the viewer has a role on it"
      case 'Project':
      case 'BehavioralParadigm':
      case 'Setup':
      case 'DataStorage':
      case 'Inventory':
        return row['isPublic'] === true || this.role(type, row) !== null;
      // "any of its projects is visible"
      case 'Subject':
        return this.projectsOf('project_subject', 'subjectId', row).some((project) => this.sees('Project', project));
      case 'Session':
        return this.projectsOf('project_session', 'sessionId', row).some((project) => this.sees('Project', project));
      // "each protocol of a visible storage: to anonymous and strangers only those marked public, to members all"
      case 'DataStorageProtocol':
        return (
          this.seesId(row['dataStorageId']) &&
          (row['isPublic'] === true || this.roleOnId(row['dataStorageId']) !== null)
        );
      // "always, once approved; before that, to proposer and administrators"
      case 'Species':
      case 'Strain':
      case 'BrainRegion':
      case 'SetupType':
      case 'BehavioralCategory':
      case 'Supplier':
      case 'HardwareDevice':
      case 'Consumable':
      case 'Journal':
      case 'Publication':
        return row['isApproved'] === true || this.isProposerOrAdministrator(row);
      // "anonymous: credited on a visible project, or principal investigator; signed in: all"
      case 'User':
        return this.viewer.kind === 'user' || this.isCredited(row) || this.isPrincipalInvestigator(row);
      // "always (its name)"
      case 'Group':
        return true;
      // "always, once approved; before that, to proposer and administrators", and to whom it names or who works there
      case 'Laboratory':
        return (
          row['isApproved'] === true ||
          this.isProposerOrAdministrator(row) ||
          this.roleOnId(row['groupId']) !== null ||
          this.isNamedBy(row)
        );
      // "Project.members, attribute members, group memberships: members of it"
      case 'Membership':
        return this.roleOnId(containerOf(row)) !== null || this.isInvited(row);
      case 'GroupMembership':
        return this.roleOnId(row['groupId']) !== null || this.isInvited(row);
      // A token is nobody's business but its user's.
      case 'AccessToken':
        return this.viewer.kind === 'user' && row['userId'] === this.viewer.userId;
      default:
        throw new Error(`Nothing says who sees a ${type}: teach it to the oracle.`);
    }
  }

  /** The viewer's role on an object, or on what holds it: the highest of those held directly and through groups. */
  role(type: TypeName, row: Row): RoleName | null {
    const known = this.held.get(row.id);
    if (known !== undefined) return known;
    const answer = this.judgeRole(type, row);
    this.held.set(row.id, answer);
    return answer;
  }

  private judgeRole(type: TypeName, row: Row): RoleName | null {
    const holder = holders[type];
    if (holder) return this.roleOnId(row[holder]);
    switch (type) {
      case 'Project':
      case 'BehavioralParadigm':
      case 'Setup':
      case 'DataStorage':
      case 'Inventory':
        return this.highest(this.world.rows.Membership.filter((one) => containerOf(one) === row.id && this.holds(one)));
      case 'Group':
        return this.highest(this.ownGroupMemberships().filter((one) => one['groupId'] === row.id));
      // "A subject or session is edited by a contributor of any of its projects."
      case 'Subject':
        return this.highestOf(this.projectsOf('project_subject', 'subjectId', row).map(({ id }) => this.roleOnId(id)));
      case 'Session':
        return this.highestOf(this.projectsOf('project_session', 'sessionId', row).map(({ id }) => this.roleOnId(id)));
      case 'DataStorageProtocol':
        return this.roleOnId(row['dataStorageId']);
      case 'Membership':
        return this.roleOnId(containerOf(row));
      case 'GroupMembership':
        return this.roleOnId(row['groupId']);
      // It belongs to its group; who proposed it for one that they are not in has no role on it.
      case 'Laboratory':
        return this.viewer.kind === 'user' && this.viewer.isAdministrator ? 'OWNER' : this.roleOnId(row['groupId']);
      // Shared terms have no members: whoever proposed one and whoever approves it may do with it what there is to do.
      case 'Species':
      case 'Strain':
      case 'BrainRegion':
      case 'SetupType':
      case 'BehavioralCategory':
      case 'Supplier':
      case 'HardwareDevice':
      case 'Consumable':
      case 'Journal':
      case 'Publication':
        return this.isProposerOrAdministrator(row) ? 'OWNER' : null;
      case 'User':
        return this.isViewer(row) ? 'OWNER' : null;
      case 'AccessToken':
        return this.sees('AccessToken', row) ? 'OWNER' : null;
      default:
        throw new Error(`Nothing says which role a viewer has on a ${type}: teach it to the oracle.`);
    }
  }

  hasRole(type: TypeName, row: Row, atLeast: RoleName): boolean {
    const held = this.role(type, row);
    return held !== null && ranks.indexOf(held) >= ranks.indexOf(atLeast);
  }

  /** The table "Fields with a rule of their own", for an object that the viewer sees. */
  seesField(type: TypeName, row: Row, field: string): boolean {
    switch (`${type}.${field}`) {
      case 'User.email':
        return this.isViewer(row);
      case 'Setup.image':
        return this.role('Setup', row) !== null;
      // "where a dataStorage is or was set: viewers of that storage; contributors of the session"
      case 'DataAcquisition.fileUrl':
      case 'DataAcquisition.fileName': {
        const storages = [row['dataStorageId'], row[`${field}OfId`]].filter((id) => id !== null);
        return storages.every((id) => this.seesId(id)) || this.hasRole(type, row, 'CONTRIBUTOR');
      }
    }
    // "Mine": what somebody has roles on, holds and is invited to is their business.
    if (type === 'User' && onesOwn.has(field)) return this.isViewer(row);
    // "an inviter sees the address that they typed"
    if (field === 'invitedEmail') return this.viewer.kind === 'user' && row['invitedById'] === this.viewer.userId;
    if (field === 'containerName') return this.role(type, row) !== null || isOpen(row);
    // "before that, to proposer and administrators": so is what was said of it.
    if (field === 'rejectionComment' && type === 'Laboratory') return this.role(type, row) !== null;
    if (field === 'rejectionComment') return this.isProposerOrAdministrator(row);
    // "principal investigators … are shown once they accepted"; before that to them and whoever manages the laboratory.
    if (field === 'invitedInvestigators') return this.hasRole(type, row, 'MANAGER');
    // "owners of one of its projects"
    if (field === 'isShared') return this.role(type, row) === 'OWNER';
    if (field === 'visibilityHistory') return this.role(type, row) === 'OWNER';
    if (field === 'members') return this.role(type, row) !== null;
    if (field === 'version') return this.hasRole(type, row, 'CONTRIBUTOR');
    return true;
  }

  /** Whether the viewer may read what stands in a column: of a hidden container, its name where they are invited to it. */
  mayRead(type: TypeName, row: Row, column: string): boolean {
    if (this.sees(type, row)) return this.seesField(type, row, column);
    const { Membership } = this.world.rows;
    return (
      column === 'name' && Membership.some((one) => containerOf(one) === row.id && this.isInvited(one) && isOpen(one))
    );
  }

  /** What the viewer can accept, for themselves or for groups that they manage, those that expire first. */
  invitations(): { type: TypeName; row: Row }[] {
    const types = ['Membership', 'GroupMembership'] as const;
    return types
      .flatMap((type) => this.world.rows[type].map((row) => ({ type, row })))
      .filter(({ row }) => this.isInvited(row) && isOpen(row))
      .sort((one, other) => soonestFirst(one.row, other.row))
      .slice(0, 100);
  }

  /** "Adding someone is an invitation that they (for a group: its manager) accept", whether there is still time or not. */
  private isInvited(membership: Row): boolean {
    const { viewer } = this;
    if (viewer.kind === 'anonymous' || membership['acceptedAt'] !== null) return false;
    if (membership['userId'] === viewer.userId || membership['claimedById'] === viewer.userId) return true;
    const group = containerOf(membership) === undefined ? undefined : this.byId.get(membership['groupId'] as string);
    return group !== undefined && this.hasRole('Group', group.row, 'MANAGER');
  }

  private roleOnId(id: unknown): RoleName | null {
    const found = this.byId.get(id as string);
    return found ? this.role(found.type, found.row) : null;
  }

  /** "A role starts when its holder accepts it": both the role itself and the way into the group that holds it. */
  private holds(membership: Row): boolean {
    if (membership['acceptedAt'] === null || this.viewer.kind === 'anonymous') return false;
    if (membership['userId'] !== null) return membership['userId'] === this.viewer.userId;
    return this.ownGroupMemberships().some((one) => one['groupId'] === membership['groupId']);
  }

  private ownGroupMemberships(): Row[] {
    const { viewer } = this;
    if (viewer.kind === 'anonymous') return [];
    return this.world.rows.GroupMembership.filter(
      (one) => one['userId'] === viewer.userId && one['acceptedAt'] !== null,
    );
  }

  /** "whether it is also in a project hidden from them" */
  isShared(type: 'Subject' | 'Session', row: Row): boolean {
    const [link, column] =
      type === 'Subject' ? (['project_subject', 'subjectId'] as const) : (['project_session', 'sessionId'] as const);
    return this.projectsOf(link, column, row).some((project) => !this.sees('Project', project));
  }

  private projectsOf(link: LinkName, column: string, row: Row): Row[] {
    const ids = this.world.links[link].filter((one) => one[column] === row.id).map((one) => one['projectId']);
    return this.world.rows.Project.filter(({ id }) => ids.includes(id));
  }

  private isViewer(user: Row): boolean {
    return this.viewer.kind === 'user' && this.viewer.userId === user.id;
  }

  private isProposerOrAdministrator(term: Row): boolean {
    return this.viewer.kind === 'user' && (this.viewer.isAdministrator || term['proposedById'] === this.viewer.userId);
  }

  private isCredited(user: Row): boolean {
    return this.world.rows.Contributor.some(
      (credit) => credit['userId'] === user.id && this.seesId(credit['projectId']),
    );
  }

  private isPrincipalInvestigator(user: Row): boolean {
    return this.world.links.laboratory_principal_investigator.some(
      (link) => link['userId'] === user.id && this.seesId(link['laboratoryId']),
    );
  }

  private isNamedBy(laboratory: Row): boolean {
    const { laboratory_principal_investigator: leading, laboratory_invited_investigator: invited } = this.world.links;
    const { viewer } = this;
    return (
      viewer.kind === 'user' &&
      [...leading, ...invited].some(
        (link) => link['laboratoryId'] === laboratory.id && link['userId'] === viewer.userId,
      )
    );
  }

  private highest(rows: readonly Row[]): RoleName | null {
    return this.highestOf(rows.map((row) => row['role'] as RoleName));
  }

  private highestOf(held: readonly (RoleName | null)[]): RoleName | null {
    return held.reduce<RoleName | null>(
      (best, next) => (next !== null && (best === null || ranks.indexOf(next) > ranks.indexOf(best)) ? next : best),
      null,
    );
  }
}
