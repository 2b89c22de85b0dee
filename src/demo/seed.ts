import type { DataSource } from 'typeorm';
import { oneAtATime } from '../database/locks';
import { inTransaction } from '../database/transaction';
import { User } from '../domain/people/user.entity';
import { Project } from '../domain/project/project.entity';
import { buildDemo } from './demo';
import { insertContent } from './insert';

/** Puts the demo into a database that holds no project and no user; says so. Does nothing otherwise. */
export async function seedDemoIfEmpty(dataSource: DataSource, say: (line: string) => void): Promise<void> {
  const content = await inTransaction(dataSource, async (manager) => {
    // Of two instances that start together, the second waits here and then finds the demo.
    await oneAtATime(manager, 'demo');
    if ((await manager.exists(Project)) || (await manager.exists(User))) return undefined;
    const demo = buildDemo();
    await insertContent(manager, demo);
    return demo;
  });
  if (!content) return;
  const count = (name: 'Project' | 'Session'): number => content.rows.get(name)?.length ?? 0;
  say(`Demo data was put in: ${count('Project')} projects with ${count('Session')} sessions, all of it invented.`);
}
