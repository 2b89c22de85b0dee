import { Access, accessInForce } from '../../src/access/access';
import { table } from '../../src/access/compiler';
import { anyOf } from '../../src/access/rules';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { sql, type Statement } from '../../src/database/sql';
import { newId } from '../../src/model/ids';

const user = (userId: string): Viewer & { kind: 'user' } => ({ kind: 'user', userId, isAdministrator: false });

/** Rules of our own, so that nothing that others have composed is found, and what counts how often it composes. */
function composing(): {
  access: Access;
  ask: (viewer: Viewer, shape?: string) => Statement<{ viewer: Viewer }>;
  times: () => number;
} {
  const { policy, permissions, roleConditions } = accessInForce;
  const access = new Access(policy, permissions, roleConditions);
  let composed = 0;
  const ask = (viewer: Viewer, shape = 'projects'): Statement<{ viewer: Viewer }> =>
    access.statement(viewer, shape, (compiler) => {
      composed += 1;
      const t = Symbol('project');
      return sql`SELECT 1 FROM ${table('Project', t)} WHERE ${compiler.rows('Project', t)}`;
    });
  return { access, ask, times: () => composed };
}

test('a statement is composed once for all users, and who asks is a value of it', () => {
  const { ask, times } = composing();
  const [one, other] = [user(newId('User')), user(newId('User'))];
  expect(ask(one)).toBe(ask(other));
  expect(times()).toBe(1);
  expect(ask(one).valuesFor({ viewer: one })).toEqual([one.userId]);
  expect(ask(one).valuesFor({ viewer: other })).toEqual([other.userId]);
  expect(ask(one).text).not.toContain(one.userId);
});

test('administrators, users and anonymous viewers have statements of their own', () => {
  const { ask, times } = composing();
  const one = user(newId('User'));
  expect(ask(anonymous).text).not.toBe(ask(one).text);
  expect(ask({ ...one, isAdministrator: true })).not.toBe(ask(one));
  expect(times()).toBe(3);
});

test('what somebody supposes is in no statement of others', () => {
  const { ask, times } = composing();
  const supposing: Viewer = { kind: 'anonymous', asIf: { public: [newId('Project')], private: [] } };
  expect(ask(supposing)).not.toBe(ask(supposing));
  expect(ask(anonymous).valuesFor({ viewer: anonymous })).toEqual([]);
  expect(times()).toBe(3);
});

test('other rules are other statements', () => {
  const { access, ask } = composing();
  const before = ask(anonymous).text;
  Object.assign(access, { policy: { ...access.policy, Project: anyOf() } });
  expect(ask(anonymous).text).not.toBe(before);
});

test('so many are kept, and no more', () => {
  const { ask, times } = composing();
  for (let shape = 0; shape <= 2000; shape += 1) ask(anonymous, `shape ${shape}`);
  ask(anonymous, 'shape 2000');
  expect(times()).toBe(2001);
  ask(anonymous, 'shape 0');
  expect(times()).toBe(2002);
});
