import { GraphQLError } from 'graphql';
import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access';
import { act, type Acting, type Actor } from '../access/act';
import { authorize, authorizeAll, type Demand } from '../access/authorize';
import { idsWithFlag } from '../access/flags';
import { lockAll, waitNoLonger } from '../database/locks';
import { stateOf } from '../database/state';
import { inTransaction } from '../database/transaction';
import { attributeTypes, isOneOf } from '../model/families';
import { badInput, conflict, notFound } from '../errors';
import { quote, sql, value } from '../database/sql';
import { typeOfId } from '../model/ids';
import { snakeCase } from '../model/names';
import { readId } from '../model/read-id';
import { referencedAttributes } from './hidden-references';
import { recordVisibilityChange } from './history';
import { countStillPublic, measureImpact, type MeasuredChange } from './impact';
import type { ContentCounts, VisibilityImpact } from './impact.types';
import type { ContainerType } from '../model/families';
import {
  alreadyPrivate,
  alreadyPrivateProtocols,
  alreadyPublic,
  askToConfirm,
  published,
  revoked,
  revokedProtocols,
} from './questions';

/** How many attributes are published with a project at most: all of them are locked together. */
const mostAttributes = 100;

const mostProtocols = 100;

export interface PublishRequest {
  type: ContainerType;
  id: string;
  confirm: boolean;
  ifImpact?: string | null | undefined;
  attributeIds?: readonly string[] | null | undefined;
  protocolIds?: readonly string[] | null | undefined;
}

export interface Outcome {
  id: string;
  changed: boolean;
  isPublic: boolean;
  confirmationRequired: boolean;
  message: string;
  /** Null where something was taken back that could not be counted in time. */
  impact: VisibilityImpact | null;
  stillPublic: ContentCounts | null;
}

/**
 * Makes an object public, with the attributes or protocols that are named, all or nothing. Without `confirm` nothing
 * changes and the outcome asks. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT (an attribute or protocol that does not
 * belong) or CONFLICT (what would become visible is not what was looked at, or is being written: whoever writes is not
 * stopped).
 */
export async function publish(actor: Actor, request: PublishRequest): Promise<Outcome> {
  if ((request.attributeIds?.length ?? 0) > mostAttributes)
    throw badInput(`\`attributeIds\` takes at most ${mostAttributes} ids: publish the others on their own.`);
  return act(
    actor,
    async (acting) => {
      const { manager, access, viewer } = acting;
      const [{ id }, ...attributes] = await lockOwned(acting, request);
      await waitNoLonger(manager);
      await requireReferences(manager, access, id, attributes);
      const protocols = await protocolsOf(manager, id, request.protocolIds ?? []);
      const objects: Publishable[] = [{ type: request.type, id }, ...attributes, ...protocols];
      const closed = await withFlag(manager, objects, false);
      const change: MeasuredChange = { publish: objects.map((object) => object.id) };
      const impact = await measureImpact(manager, access, viewer, change);
      const outcome = { id, impact, stillPublic: null, confirmationRequired: false };
      const isPublic = !closed.some((object) => object.id === id);
      // A request that was sent twice is told what holds, whatever it had looked at.
      if (closed.length === 0) return { ...outcome, isPublic, changed: false, message: alreadyPublic(request.type) };
      if (request.ifImpact != null && request.ifImpact !== impact.digest) {
        throw conflict(
          'What would become visible has changed since you looked: look at the impact again, then confirm it.',
        );
      }
      if (!request.confirm) {
        return {
          ...outcome,
          isPublic,
          changed: false,
          confirmationRequired: true,
          message: askToConfirm(request.type, impact),
        };
      }
      await setFlags(manager, closed, true);
      await recordVisibilityChange(
        manager,
        viewer,
        'PUBLISH',
        closed.map((object) => object.id),
      );
      return { ...outcome, isPublic: true, changed: true, message: published(request.type, impact) };
    },
    { ifTakenBack, givesWay: ifBusy },
  );
}

const ifTakenBack = 'Somebody has just taken back something here: look at the impact again, then confirm it.';

const ifBusy =
  'Something that this would publish is being written right now, by an import perhaps: nothing is published. Try again when that is done.';

export interface RevokeRequest {
  type: ContainerType;
  id: string;
  protocolIds?: readonly string[] | null | undefined;
}

/**
 * Makes an object private again; a data storage with all its protocols, or only the protocols that are named. Counts
 * from the reply on, and waits for nobody: what it has changed is measured only when it is done. Throws NOT_FOUND, FORBIDDEN
 * or BAD_USER_INPUT.
 */
export async function revoke(actor: Actor, request: RevokeRequest): Promise<Outcome> {
  const { id, isPublic, closed } = await act(actor, (acting) => close(acting, request), { goesFirst: true });
  const changed = closed.length > 0;
  const measured = await measureRevoked(actor, request, id, closed);
  return { id, ...measured, changed, isPublic, confirmationRequired: false, message: messageOf(request, changed) };
}

/** What was public and is no longer. */
async function close(
  acting: Acting,
  request: RevokeRequest,
): Promise<{ id: string; isPublic: boolean; closed: string[] }> {
  const { manager, viewer } = acting;
  const id = await authorize(acting, request.type, request.id, 'OWNER');
  const target: Publishable = { type: request.type, id };
  const protocols = await protocolsOf(
    manager,
    id,
    request.protocolIds ?? (request.type === 'DataStorage' ? 'all' : []),
  );
  const opened = await withFlag(manager, request.protocolIds ? protocols : [target, ...protocols], true);
  const closed = opened.map((object) => object.id);
  await setFlags(manager, opened, false);
  await recordVisibilityChange(manager, viewer, 'REVOKE', closed);
  return { id, closed, isPublic: (await withFlag(manager, [target], true)).length > 0 };
}

/** In milliseconds: how long each count may take, while the owner waits to be told that it is taken back. */
const countingTime = 800;

/** What was taken back; null where that is not counted in time: it is taken back all the same, and its owner told so. */
async function measureRevoked(
  { dataSource, access, viewer }: Actor,
  { type }: RevokeRequest,
  id: string,
  closed: readonly string[],
): Promise<Pick<Outcome, 'impact' | 'stillPublic'>> {
  const count = async (manager: EntityManager): Promise<Pick<Outcome, 'impact' | 'stillPublic'>> => {
    await manager.query(`SET LOCAL statement_timeout = ${countingTime}`);
    return {
      impact: await measureImpact(manager, access, viewer, { revoked: closed }),
      stillPublic: type === 'Project' ? await countStillPublic(manager, access, id) : null,
    };
  };
  try {
    return await inTransaction(dataSource, count, { isolation: 'REPEATABLE READ' });
  } catch (error) {
    if (!isTooSlow(error)) throw error;
    return { impact: null, stillPublic: null };
  }
}

/** It took too long, or there was no connection to be had for it. */
function isTooSlow(error: unknown): boolean {
  return stateOf(error) === '57014' || (error instanceof GraphQLError && error.extensions['code'] === 'OVERLOADED');
}

function messageOf({ type, protocolIds }: RevokeRequest, changed: boolean): string {
  if (protocolIds) return changed ? revokedProtocols : alreadyPrivateProtocols;
  return changed ? revoked(type) : alreadyPrivate(type);
}

interface Publishable {
  type: ContainerType | 'DataStorageProtocol';
  id: string;
}

/** Locks the object and the attributes to publish with it, all of which have to be the viewer's own. */
async function lockOwned(
  acting: Acting,
  { type, id: text, attributeIds }: PublishRequest,
): Promise<[Publishable, ...Publishable[]]> {
  const id = readId(text, type);
  if (id === undefined) throw notFound(type);
  const attributes = [...new Set((attributeIds ?? []).map((one) => readId(one)))].map((one): Publishable => {
    const typeOfOne = one === undefined ? undefined : typeOfId(one);
    if (one === undefined || !isOneOf(attributeTypes, typeOfOne)) throw notFound('personal attribute');
    return { type: typeOfOne, id: one };
  });
  const objects: [Publishable, ...Publishable[]] = [{ type, id }, ...attributes];
  const demands = objects.map((object): Demand => ({ ...object, atLeast: 'OWNER', hold: 'changed' }));
  await authorizeAll(acting, demands);
  return objects;
}

/** Throws BAD_USER_INPUT where the project does not refer to an attribute that is to be published with it. */
async function requireReferences(
  manager: EntityManager,
  access: Access,
  projectId: string,
  attributes: readonly Publishable[],
): Promise<void> {
  if (attributes.length === 0) return;
  const referenced = await referencedAttributes(manager, access, projectId);
  for (const { type, id } of attributes)
    if (!referenced.has(id))
      throw badInput(
        `The project does not refer to the ${type} ${id}: leave it out of \`attributeIds\`, or publish it on its own.`,
      );
}

/** The named protocols of a data storage, or all of them. */
async function protocolsOf(
  manager: EntityManager,
  storageId: string,
  wanted: readonly string[] | 'all',
): Promise<Publishable[]> {
  if (wanted !== 'all' && wanted.length === 0) return [];
  const ids = await lockAll(
    manager,
    'DataStorageProtocol',
    'changed',
    sql`"data_storage_id" = ${value(storageId, 'uuid')}`,
  );
  const all = ids.map((id): Publishable => ({ type: 'DataStorageProtocol', id }));
  if (wanted === 'all') return all;
  if (wanted.length > mostProtocols) throw badInput(`\`protocolIds\` may name ${mostProtocols} at most.`);
  const named = new Set(wanted.map((text) => readId(text, 'DataStorageProtocol')));
  if (named.has(undefined) || [...named].some((id) => !all.some((protocol) => protocol.id === id))) {
    throw badInput('`protocolIds` names something that is no protocol of this data storage.');
  }
  return all.filter(({ id }) => named.has(id));
}

/** Those of which the flag stands as asked. */
async function withFlag(
  manager: EntityManager,
  objects: readonly Publishable[],
  isPublic: boolean,
): Promise<Publishable[]> {
  const found = new Set<string>();
  for (const [type, ids] of byType(objects)) {
    for (const id of await idsWithFlag(manager, type, ids, isPublic)) found.add(id);
  }
  return objects.filter(({ id }) => found.has(id));
}

async function setFlags(manager: EntityManager, objects: readonly Publishable[], isPublic: boolean): Promise<void> {
  for (const [type, ids] of byType(objects)) {
    await manager.query(
      `UPDATE ${quote(snakeCase(type))} SET "is_public" = $2, "updated_at" = now(), "version" = "version" + 1${type === 'Project' ? timesOf(isPublic) : ''}
       WHERE "id" = ANY($1)`,
      [ids, isPublic],
    );
  }
}

/** What else is set of a project. */
function timesOf(isPublic: boolean): string {
  return isPublic
    ? `, "published_at" = now(), "first_published_at" = COALESCE("first_published_at", now())`
    : `, "published_at" = NULL`;
}

function byType(objects: readonly Publishable[]): Map<Publishable['type'], string[]> {
  const ids = new Map<Publishable['type'], string[]>();
  for (const { type, id } of objects) ids.set(type, [...(ids.get(type) ?? []), id]);
  return ids;
}
