import { hashToken } from '../../../../src/people/tokens/secret';
import { Json, type Rows, type Value } from './copy';
import { lastDay, madeAt } from './chance';
import { ModulesOf } from './details';
import type { Plan } from './plan';
import type { Terms } from './terms';
import { personName, projectName, someTags } from './words';

const attributeTypes = ['Setup', 'BehavioralParadigm', 'DataStorage', 'Inventory'] as const;
const day = 24 * 60 * 60 * 1000;

/** Of how many projects and attributes the member who asks is a member, in any size, beside those that they own. */
const memberships = 20;
/** The user who asks as a member: the first. */
const member = 0;

/** People, projects, personal attributes, and who has which role on them. */
export class Containers {
  private readonly equipment: ModulesOf;
  private readonly stocks: ModulesOf;

  constructor(
    private readonly plan: Plan,
    private readonly terms: Terms,
  ) {
    this.equipment = new ModulesOf('EQUIPMENT', ['EphysRig', 'Camera', 'Microscope'], plan.chance);
    this.stocks = new ModulesOf('CONSUMABLE_STOCK', ['Virus'], plan.chance);
  }

  /** @param token what the member signs in with */
  *rows(token: string): Generator<Rows> {
    const { plan } = this;
    yield made(plan.users, 'user', ['id', 'name', 'email'], (index) => [
      this.user(index),
      personName(plan.chance, index),
      `user-${index}@example.org`,
    ]);
    yield made(1, 'access_token', ['id', 'user_id', 'name', 'hash', 'scopes', 'expires_at'], () => [
      plan.chance.id('AccessToken', 0, 1),
      this.user(member),
      'Benchmark',
      hashToken(token),
      ['READ', 'WRITE', 'PUBLISH'],
      new Date(lastDay + 3650 * day),
    ]);
    yield this.projects();
    yield made(plan.projects * 2, 'contributor', ['id', 'project_id', 'name', 'roles', 'order'], (index) => [
      plan.chance.id('Contributor', index, plan.projects * 2),
      this.project(Math.floor(index / 2)),
      personName(plan.chance, index),
      index % 2 === 0 ? ['AUTHOR', 'PROJECT_LEADER'] : ['AUTHOR'],
      index % 2,
    ]);
    yield* this.attributes();
    yield this.memberships();
  }

  project(index: number): string {
    return this.plan.chance.id('Project', index, this.plan.projects);
  }

  user(index: number): string {
    return this.plan.chance.id('User', index, this.plan.users);
  }

  attribute(type: (typeof attributeTypes)[number], index: number): string {
    return this.plan.chance.id(type, index, this.plan.attributes);
  }

  private projects(): Rows {
    const { plan } = this;
    const columns = ['id', 'created_at', 'updated_at', 'name', 'description', 'tags', 'license', 'identifiers'];
    const published = ['is_public', 'published_at', 'first_published_at'];
    return made(plan.projects, 'project', [...columns, ...published], (index) => {
      const name = projectName(plan.chance, index);
      const since = new Date(madeAt(index, plan.projects));
      const isPublic = plan.isPublic(index);
      const publishedAt = isPublic
        ? new Date(since.getTime() + plan.chance.below(300, 'published', index) * day)
        : null;
      const identifiers = isPublic ? [{ scheme: 'DANDI', value: String(index).padStart(6, '0') }] : [];
      return [
        ...[this.project(index), since, since, name],
        `${name}. Raw data, behavior and histology of all sessions.`,
        someTags(plan.chance, 'tags of project', index),
        plan.chance.pick(['CC-BY-4.0', 'CC0-1.0', null], 'license', index),
        new Json(JSON.stringify(identifiers)),
        ...[isPublic, publishedAt, publishedAt],
      ];
    });
  }

  private *attributes(): Generator<Rows> {
    const { chance, attributes } = this.plan;
    const isPublic = (type: string, index: number): boolean => chance.at(`public ${type}`, index) < 0.5;
    yield made(attributes, 'setup', ['id', 'name', 'setup_type_id', 'is_public'], (index) => [
      this.attribute('Setup', index),
      `Rig ${index + 1}, room ${chance.below(40, 'room', index)}`,
      this.terms.one('SetupType', 'setup type', index),
      isPublic('Setup', index),
    ]);
    yield made(
      attributes,
      'behavioral_paradigm',
      ['id', 'name', 'setup_type_id', 'category_id', 'is_public'],
      (index) => [
        this.attribute('BehavioralParadigm', index),
        chance.pick(['Delayed match to sample', 'Foraging', 'Rest', 'Passive viewing', 'T-maze'], 'paradigm', index),
        this.terms.one('SetupType', 'setup type', index),
        this.terms.one('BehavioralCategory', 'category', index),
        isPublic('BehavioralParadigm', index),
      ],
    );
    yield made(attributes, 'data_storage', ['id', 'name', 'organization', 'is_public'], (index) => [
      this.attribute('DataStorage', index),
      `Storage ${index + 1}`,
      ['PROJECTS', 'SUBJECTS', 'SESSIONS'],
      isPublic('DataStorage', index),
    ]);
    yield made(attributes, 'inventory', ['id', 'name', 'is_public'], (index) => [
      this.attribute('Inventory', index),
      `Freezer ${index + 1}`,
      isPublic('Inventory', index),
    ]);
    const equipment = ['id', 'setup_id', 'name', 'type', 'details', 'schema_version', 'hardware_device_id'];
    yield made(attributes * 3, 'equipment', equipment, (index) => {
      const { type, version, details } = this.equipment.one('equipment', index);
      return [
        ...[this.within('Equipment', index), this.attribute('Setup', Math.floor(index / 3))],
        ...[`${type} ${index % 3}`, type, new Json(details), version],
        this.terms.one('HardwareDevice', 'device', index),
      ];
    });
    const stock = ['id', 'inventory_id', 'consumable_id', 'type', 'details', 'schema_version'];
    yield made(attributes * 3, 'consumable_stock', stock, (index) => {
      const { type, version, details } = this.stocks.one('stock', index);
      return [
        ...[this.within('ConsumableStock', index), this.attribute('Inventory', Math.floor(index / 3))],
        ...[this.terms.one('Consumable', 'consumable', index), type, new Json(details), version],
      ];
    });
  }

  /** One of the pieces of equipment, or stocks: three lie in each setup or inventory. */
  within(type: 'Equipment' | 'ConsumableStock', index: number): string {
    return this.plan.chance.id(type, index, this.plan.attributes * 3);
  }

  /** Everything has an owner, and most projects another member. */
  private memberships(): Rows {
    const { plan } = this;
    const containers = ['project_id', ...['setup_id', 'behavioral_paradigm_id', 'data_storage_id', 'inventory_id']];
    const roles: { place: number; container: string; user: number; role: string }[] = [];
    for (let project = 0; project < plan.projects; project += 1) {
      const owner = plan.isToBePublished(project) ? member : 1 + (project % (plan.users - 1));
      const other = 1 + ((project * 7 + 3) % (plan.users - 1));
      const container = this.project(project);
      roles.push({ place: 0, container, user: owner, role: 'OWNER' });
      if (other !== owner) roles.push({ place: 0, container, user: other, role: 'CONTRIBUTOR' });
      if (project > 0 && project <= memberships) roles.push({ place: 0, container, user: member, role: 'MEMBER' });
    }
    attributeTypes.forEach((type, index) => {
      for (let at = 0; at < plan.attributes; at += 1) {
        const user = at < memberships / 5 ? member : 1 + ((at * 5) % (plan.users - 1));
        roles.push({ place: index + 1, container: this.attribute(type, at), user, role: 'OWNER' });
      }
    });
    const columns = ['id', ...containers, 'user_id', 'role', 'accepted_at'];
    return made(roles.length, 'membership', columns, (index) => {
      const { place, container, user, role } = roles[index]!;
      return [
        plan.chance.id('Membership', index, roles.length),
        ...containers.map((_, at) => (at === place ? container : null)),
        ...[this.user(user), role, new Date(lastDay)],
      ];
    });
  }
}

/** So many rows of a table, made while they are read. */
export function made(
  count: number,
  table: string,
  columns: readonly string[],
  each: (index: number) => readonly Value[],
): Rows {
  const rows = function* (): Generator<readonly Value[]> {
    for (let index = 0; index < count; index += 1) yield each(index);
  };
  return { table, columns, rows: rows() };
}
