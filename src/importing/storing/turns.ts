/** How many trees are stored at once: each holds a connection for a while, and others want to read meanwhile. */
const atOnce = 2;

const lines = new WeakMap<object, { busy: number; waiting: (() => void)[] }>();

/** Waits until fewer than two others work on the same database. Returns what is to be called at the end. */
export async function takeTurn(database: object): Promise<() => void> {
  const line = lines.get(database) ?? { busy: 0, waiting: [] };
  lines.set(database, line);
  if (line.busy >= atOnce) await new Promise<void>((resolve) => line.waiting.push(resolve));
  else line.busy += 1;
  return () => {
    const next = line.waiting.shift();
    if (next) next();
    else line.busy -= 1;
  };
}
