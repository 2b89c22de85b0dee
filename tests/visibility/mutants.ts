import type { Access } from '../../src/access/access';
import type { FieldRule, Permission, Permissions } from '../../src/access/permission';
import type { Policy } from '../../src/access/policy';
import { anyOf, everyone, type Rule } from '../../src/access/rules';
import { roleConditions, type RoleConditions } from '../../src/access/role-conditions';
import { sql, TRUE, type Alias, type Sql } from '../../src/database/sql';
import type { TypeName } from '../world/world';

/** The policy with one part of one type's rule replaced. */
export interface PolicyMutant {
  name: string;
  type: TypeName;
  policy: Policy;
}

/** The permissions with that of one field weakened. */
export interface PermissionMutant {
  name: string;
  type: string;
  field: string;
  permissions: Permissions;
}

/** The conditions of a role with one replaced. */
export interface RoleConditionMutant {
  name: string;
  roleConditions: RoleConditions;
}

/** Every rule of the policy and every part of one, made to hold for everybody, and then for nobody. */
export function policyMutants({ policy }: Access): PolicyMutant[] {
  return (Object.keys(policy) as TypeName[]).flatMap((type) =>
    variantsOf(policy[type]).map(({ name, rule }) => ({
      name: `policy.${type}: ${name}`,
      type,
      policy: { ...policy, [type]: rule },
    })),
  );
}

const nobody: Rule = anyOf();

/** A rule with one part of it replaced, once for each part and replacement. */
function variantsOf(rule: Rule): { name: string; rule: Rule }[] {
  const replacements: { name: string; rule: Rule }[] = [
    { name: `${nameOf(rule)} → everyone`, rule: everyone },
    { name: `${nameOf(rule)} → nobody`, rule: nobody },
    ...('ask' in rule && rule.ask !== 'visible'
      ? [{ name: `${nameOf(rule)} → whoever sees it`, rule: { ...rule, ask: 'visible' as const } }]
      : []),
  ].filter((one) => JSON.stringify(one.rule) !== JSON.stringify(rule));
  if (rule.kind !== 'anyOf' && rule.kind !== 'allOf') return replacements;
  const inner = rule.rules.flatMap((part, index) =>
    variantsOf(part).map(({ name, rule: variant }) => ({
      name: `${rule.kind}[${index}] ${name}`,
      rule: { ...rule, rules: rule.rules.map((other, place) => (place === index ? variant : other)) },
    })),
  );
  return [...replacements, ...inner];
}

function nameOf(rule: Rule): string {
  const words = Object.values(rule).filter((value) => typeof value === 'string');
  return words.join(' ');
}

/** Every field with a rule opened, or its rule weakened to a lower role. */
export function ruledMutants(access: Access): PermissionMutant[] {
  return mutantsOf(access, (permission) => {
    // Whether somebody may act at all is the role table's matter: a mutation denied is an error, not another answer.
    if (permission.kind !== 'ruled' || permission.rule.kind === 'mayAct') return [];
    const { rule } = permission;
    const lower = 'atLeast' in rule && rule.atLeast !== 'MEMBER' ? { ...rule, atLeast: 'MEMBER' as const } : undefined;
    return [
      ...(rule.kind === 'hasRoleOrUntil'
        ? [
            {
              name: 'hasRoleOrUntil → hasRole',
              permission: { kind: 'ruled', rule: { ...rule, kind: 'hasRole' } } as const,
            },
          ]
        : []),
      ...(rule.kind === 'visibleWhereSet' ? weakerWhereSet(rule) : []),
      { name: `${rule.kind} → open`, permission: { kind: 'open' } },
      ...(lower ? [{ name: `${rule.kind} → MEMBER`, permission: { kind: 'ruled', rule: lower } as const }] : []),
    ];
  });
}

/** A rule about what columns name, without one of them, and for a lower role, or a higher one. */
function weakerWhereSet(
  rule: FieldRule & { kind: 'visibleWhereSet' },
): { name: string; permission: Permission & { kind: 'ruled' } }[] {
  const without = rule.columns.map((column) => ({
    name: `visibleWhereSet without ${column}`,
    changed: { columns: rule.columns.filter((other) => other !== column) },
  }));
  const roles = (['MEMBER', 'OWNER'] as const).map((orAtLeast) => ({
    name: `visibleWhereSet → ${orAtLeast}`,
    changed: { orAtLeast },
  }));
  return [...without, ...roles].map(({ name, changed }) => ({
    name,
    permission: { kind: 'ruled', rule: { ...rule, ...changed } },
  }));
}

/** Every filtered list left as it is found. */
export function filteredMutants(access: Access): PermissionMutant[] {
  return mutantsOf(access, ({ kind }) =>
    kind === 'filtered' ? [{ name: 'filtered → inherited', permission: { kind: 'inherited' } }] : [],
  );
}

function mutantsOf(
  { permissions }: Access,
  weakened: (permission: Permission) => { name: string; permission: Permission }[],
): PermissionMutant[] {
  return Object.entries(permissions).flatMap(([type, fields]) =>
    Object.entries(fields).flatMap(([field, permission]) =>
      weakened(permission).map(({ name, permission: weaker }) => ({
        name: `permissions.${type}.${field}: ${name}`,
        type,
        field,
        permissions: { ...permissions, [type]: { ...fields, [field]: weaker } },
      })),
    ),
  );
}

/** Every condition of a role made true, one by one, and each way to hold a role closed. */
export function roleConditionMutants(): RoleConditionMutant[] {
  // True and false of every row, but not without the viewer: a parameter that nothing uses is an error of its own.
  const always = (_membership: Alias, viewer: Sql): Sql => sql`${viewer} IS NOT NULL`;
  const never = (_membership: Alias, viewer: Sql): Sql => sql`${viewer} IS NULL`;
  const variants: Record<string, Partial<RoleConditions>> = {
    'accepted → true': { accepted: () => TRUE },
    'groupAccepted → true': { groupAccepted: () => TRUE },
    'rank → true': { rank: () => TRUE },
    'heldDirectly → true': { heldDirectly: always },
    'heldDirectly → false': { heldDirectly: never },
    'heldThroughGroup → true': { heldThroughGroup: always },
    'heldThroughGroup → false': { heldThroughGroup: never },
  };
  return Object.entries(variants).map(([name, variant]) => ({
    name: `roleConditions.${name}`,
    roleConditions: { ...roleConditions, ...variant },
  }));
}

/** On these a viewer has every role or none: one role more or less to ask for makes no difference. */
export const allOrNothing = [
  ...[
    'Species',
    'Strain',
    'BrainRegion',
    'SetupType',
    'BehavioralCategory',
    'Supplier',
    'HardwareDevice',
    'Consumable',
  ],
  ...['Journal', 'Publication', 'User', 'AccessToken'],
].map((type) => `permissions.${type}.version: hasRole → MEMBER`);
