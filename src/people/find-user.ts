import { ILike, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { orcidIn } from '../model/orcid';
import { normalizeId } from '../model/ids';
import { User } from '../domain/people/user.entity';

/** Nobody, or more than one, is meant by what an operator wrote. The message is one line: what is wrong, what to do. */
export class UserNotFound extends Error {
  override readonly name = 'UserNotFound';

  constructor(
    readonly what: string,
    readonly remedy: string,
    /** More than one is meant, not none. */
    readonly several = false,
  ) {
    super(`${what} ${remedy}`);
  }
}

/** The one user of that id, e-mail address (in whatever capitals) or ORCID iD. Throws UserNotFound. */
export async function findUser(manager: EntityManager, wanted: string): Promise<User> {
  const text = wanted.trim();
  const found = await manager.findBy(User, whichOf(text));
  if (found.length === 1) return found[0]!;
  throw found.length === 0
    ? new UserNotFound(`There is no user ${JSON.stringify(text)}.`, 'Name one by id, e-mail address or ORCID iD.')
    : new UserNotFound(`Several users have ${JSON.stringify(text)}.`, 'Name the one you mean by id.', true);
}

function whichOf(text: string): FindOptionsWhere<User> {
  const id = normalizeId(text);
  if (id !== undefined) return { id };
  if (text.includes('@')) return { email: ILike(text.replace(/[\\%_]/g, '\\$&')) };
  return { orcid: orcidIn(text) ?? text };
}
