import type { Loaders } from '../loading/loaders';
import { isOneOf, projectTypes, withinAttributes } from '../model/families';
import type { NodeName } from '../model/ids';
import type { Role } from '../domain/people/role';

/** What a request read as null or shortened, noted while it was answered. */
interface Denial {
  path: readonly (string | number)[];
  /** The object on which the field is. */
  parent: { type: NodeName; id: string };
  reason: Reason;
  /** What lies behind it, if the field leads to objects. */
  targets: readonly { type: NodeName; id: string }[];
  /** The field whose column has to hold something: else it reads as null anyway, and there is nothing to explain. */
  ifSet?: string;
}

export type Reason =
  | { code: 'PRIVATE_ATTRIBUTE' | 'PRIVATE_PROTOCOL' | 'PRIVATE_PROJECT' | 'NOT_APPROVED' | 'OWN_ACCOUNT_ONLY' }
  | { code: 'ROLE_TOO_LOW'; needs: Role };

/** One entry of `extensions.access`. */
export interface Explanation {
  path: readonly (string | number)[];
  /** The type of what is hidden, or of the object whose field is. */
  type: NodeName;
  reason: Reason['code'];
  message: string;
  /** Who could change it: `you`, or `its owners` where the asker may not know who they are. */
  changeableBy: 'you' | 'its owners' | 'administrators' | 'nobody';
  /** Only where the asker could read it themselves. */
  id?: string;
  name?: string;
}

/** How many entries a request is told at most: however often it asks, and however much is hidden. */
const mostEntries = 1000;

/** Collects what was denied to a request that asked why, and explains it to those who may know. */
export class Explanations {
  private readonly denials: Denial[] = [];

  private entries = 0;

  note(denial: Denial): void {
    const targets = denial.targets.slice(0, mostEntries - this.entries);
    if (this.entries === mostEntries) return;
    this.denials.push({ ...denial, targets });
    this.entries += Math.max(targets.length, 1);
  }

  /**
   * The explanations that the asker may have: only for fields of objects on which they have a role. Nothing is told that
   * they could not read themselves: an object hidden from them too has neither id nor name here.
   */
  async tell(asker: Loaders): Promise<Explanation[]> {
    const told = await Promise.all(this.denials.map((denial) => explain(denial, asker)));
    return told.flat();
  }
}

/**
 * Whether the asker has a role on the object or on what it is in. One on a shared term (its proposer's) or on an account
 * makes nobody a member of anything.
 */
export async function mayBeTold({ type, id }: Denial['parent'], asker: Loaders): Promise<boolean> {
  return isWithinContainer(type) && (await asker.role(type).load(id)) !== null;
}

async function explain({ path, parent, reason, targets, ifSet }: Denial, asker: Loaders): Promise<Explanation[]> {
  if (!(await mayBeTold(parent, asker))) return [];
  if (ifSet !== undefined && !(await asker.isSet(parent.type, ifSet).load(parent.id))) return [];
  if (targets.length === 0) {
    return [
      {
        path,
        type: parent.type,
        reason: reason.code,
        message: messageOf(reason, parent.type),
        changeableBy: changeableBy(reason),
      },
    ];
  }
  const told = await Promise.all(targets.map((target) => explainTarget(path, reason, target, asker)));
  // Several that are hidden from the asker too are told as one: their number is nobody's business.
  const seen = told.filter(({ id }) => id !== undefined);
  const unseen = told.find(({ id }) => id === undefined);
  return unseen ? [...seen, unseen] : seen;
}

async function explainTarget(
  path: Denial['path'],
  reason: Reason,
  { type, id }: { type: NodeName; id: string },
  asker: Loaders,
): Promise<Explanation> {
  const explanation: Explanation = {
    path,
    type,
    reason: reason.code,
    message: messageOf(reason, type),
    changeableBy: changeableBy(reason),
  };
  const found = await asker.visible(type).load(id);
  if (!found) return explanation;
  const { name } = found as { name?: string };
  const owned = (await asker.role(type).load(id)) === 'OWNER';
  return { ...explanation, id, ...(name !== undefined && { name }), ...(owned && { changeableBy: 'you' as const }) };
}

function changeableBy(reason: Reason): Explanation['changeableBy'] {
  if (reason.code === 'NOT_APPROVED') return 'administrators';
  return reason.code === 'OWN_ACCOUNT_ONLY' ? 'nobody' : 'its owners';
}

function messageOf(reason: Reason, type: NodeName): string {
  switch (reason.code) {
    case 'PRIVATE_ATTRIBUTE':
      return `This ${type} belongs to a personal attribute that is not shared with this viewer; publishing a project does not share it.`;
    case 'PRIVATE_PROTOCOL':
      return 'This protocol of the data storage is not public.';
    case 'PRIVATE_PROJECT':
      if (type === 'Project') return 'This Project is private, and this viewer has no role on it.';
      return `This ${type} is in no project that this viewer may see.`;
    case 'NOT_APPROVED':
      return `This ${type} is a proposal that is not approved yet.`;
    case 'OWN_ACCOUNT_ONLY':
      return 'Only the user it belongs to can read this.';
    case 'ROLE_TOO_LOW':
      return `It takes the role ${reason.needs} on this ${type} to read this.`;
  }
}

/** Whether objects of a type are, or are in, something that has members. */
function isWithinContainer(type: NodeName): boolean {
  return isOneOf(withinAttributes, type) || isOneOf(projectTypes, type);
}

/** Why an object of a type is hidden, told by its type alone. */
export function reasonFor(type: NodeName): Reason {
  if (type === 'DataStorageProtocol') return { code: 'PRIVATE_PROTOCOL' };
  if (isOneOf(withinAttributes, type)) return { code: 'PRIVATE_ATTRIBUTE' };
  return { code: isOneOf(projectTypes, type) ? 'PRIVATE_PROJECT' : 'NOT_APPROVED' };
}
