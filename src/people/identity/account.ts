import type { DataSource, EntityManager } from 'typeorm';
import type { JWTPayload } from 'jose';
import { oneAtATime } from '../../database/locks';
import { inTransaction } from '../../database/transaction';
import { newId } from '../../model/ids';
import { cleanedName } from '../../model/texts';
import { claimInvitations, isInvited } from '../accept.service';
import { findUser, UserNotFound } from '../find-user';
import { User } from '../../domain/people/user.entity';
import { ExternalIdentity } from '../../domain/people/external-identity.entity';

/** The account that somebody signs in to; null once it was deleted. */
export interface Account {
  userId: string;
  isAdministrator: boolean;
}

/** Who the provider says that it is. */
export interface Person {
  issuer: string;
  subject: string;
  payload: JWTPayload;
}

/**
 * The account of somebody at the provider, made when they first come; null when it was deleted. Invitations that were
 * sent to their verified address are theirs from then on.
 */
export async function accountOf(dataSource: DataSource, person: Person): Promise<Account | null> {
  const known = await find(dataSource.manager, person);
  const account =
    known === undefined ? await inTransaction(dataSource, (manager) => findOrMake(manager, person)) : known;
  const email = verifiedEmail(person.payload);
  if (account && email !== null && (await isInvited(dataSource.manager, email))) {
    await inTransaction(dataSource, (manager) =>
      claimInvitations(manager, account.userId, { email, emailVerified: true }),
    );
  }
  return account;
}

/** Undefined: they have never been here. */
async function find(manager: EntityManager, { issuer, subject }: Person): Promise<Account | null | undefined> {
  const [row] = await manager.query<{ userId: string | null; isAdministrator: boolean }[]>(
    `SELECT u."id" AS "userId", u."is_administrator" AS "isAdministrator"
     FROM "external_identity" i LEFT JOIN "user" u ON u."id" = i."user_id" WHERE i."issuer" = $1 AND i."subject" = $2`,
    [issuer, subject],
  );
  if (!row) return undefined;
  return row.userId === null ? null : { userId: row.userId, isAdministrator: row.isAdministrator };
}

async function findOrMake(manager: EntityManager, person: Person): Promise<Account | null> {
  // The lock of `user create`: a first sign-in comes in several requests at once, and addresses are to stay unique.
  await oneAtATime(manager, 'user create');
  const known = await find(manager, person);
  if (known !== undefined) return known;
  const { issuer, subject } = person;
  const account = await accountFor(manager, person);
  await manager.insert(ExternalIdentity, { issuer, subject, userId: account.userId });
  return account;
}

/** The account that an operator has made for their address, where it is still nobody's; else a new one. */
async function accountFor(manager: EntityManager, { issuer, payload }: Person): Promise<Account> {
  const email = verifiedEmail(payload);
  const holder = email === null ? undefined : await holderOf(manager, email);
  if (holder instanceof User && !(await manager.existsBy(ExternalIdentity, { issuer, userId: holder.id }))) {
    return { userId: holder.id, isAdministrator: holder.isAdministrator };
  }
  const id = newId('User');
  await manager.insert(User, { id, name: nameIn(payload), email: holder === undefined ? email : null });
  return { userId: id, isAdministrator: false };
}

/** Whose address it is; `several` where that is not clear. */
async function holderOf(manager: EntityManager, email: string): Promise<User | 'several' | undefined> {
  try {
    const found = await findUser(manager, email);
    // Found by letters that PostgreSQL folds in every alphabet: to it, the Kelvin sign is a `k`. To a mail server it is not.
    return foldAscii(found.email!) === foldAscii(email) ? found : 'several';
  } catch (error) {
    if (!(error instanceof UserNotFound)) throw error;
    return error.several ? 'several' : undefined;
  }
}

function foldAscii(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Only an address that the provider has verified: anybody can type any other. */
function verifiedEmail({ email, email_verified: isVerified }: JWTPayload): string | null {
  if (isVerified !== true || typeof email !== 'string') return null;
  const isAddress = email.length <= 320 && /^[^\s\p{Cc}\p{Surrogate}@]+@[^\s\p{Cc}\p{Surrogate}@]+$/u.test(email);
  return isAddress ? email : null;
}

/** Everybody who is signed in sees names, so an address, which some providers put there, is none. */
function nameIn({ name, preferred_username: shortName }: JWTPayload): string {
  const names = [name, shortName].map((text) => (typeof text === 'string' ? cleanedName(text) : ''));
  return names.find((text) => /^[^\p{Surrogate}@]{1,200}$/u.test(text) && text.length <= 200) ?? 'New user';
}
