import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { newId, type NodeName } from '../../src/model/ids';
import { classOf } from '../../src/model/node';
import { linkTables } from '../../src/model/links';

const start = Date.UTC(2024, 0, 1);

/** An id of that type that sorts by the number. */
export function idAt(type: NodeName, place: number): string {
  return newId(type, { now: () => start + place * 1000, bytes: randomBytes });
}

/** When the project of that number was recorded. */
export const recordedAt = (place: number): Date => new Date(start - place * 1000);

type Values = Record<string, unknown>;

/** Puts rows into tables as they are, without judging them. */
export class Rows {
  constructor(private readonly dataSource: DataSource) {}

  /** Inserts an object whose id sorts by the number; returns its id. */
  async add(type: NodeName, place: number, values: Values): Promise<string> {
    const id = idAt(type, place);
    await this.dataSource.getRepository(classOf(type)).insert({ id, ...values });
    return id;
  }

  /** Inserts a row of a join table. */
  async link(table: string, values: Values): Promise<void> {
    const link = linkTables().find((one) => one.table === table);
    if (!link) throw new Error(`There is no join table ${table}.`);
    await this.dataSource.getRepository(link.entity).insert(values);
  }

  /** One that was recorded before all of lower numbers: lists begin with the newest. */
  project(place: number, isPublic = true): Promise<string> {
    const since = isPublic ? new Date(start) : null;
    return this.add('Project', place, {
      name: `${isPublic ? 'Public' : 'Private'} ${place}`,
      isPublic,
      createdAt: recordedAt(place),
      publishedAt: since,
      firstPublishedAt: since,
    });
  }

  async session(place: number, ...projectIds: string[]): Promise<string> {
    const sessionId = await this.add('Session', place, { name: `Session ${place}` });
    for (const projectId of projectIds) await this.link('project_session', { projectId, sessionId });
    return sessionId;
  }

  async subject(place: number, speciesId: string, ...projectIds: string[]): Promise<string> {
    const subjectId = await this.add('Subject', place, { name: `Subject ${place}`, speciesId, sex: 'UNKNOWN' });
    for (const projectId of projectIds) await this.link('project_subject', { projectId, subjectId });
    return subjectId;
  }
}
