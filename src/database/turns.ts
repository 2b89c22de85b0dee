interface Line {
  busy: number;
  waiting: (() => void)[];
}

const lines = new WeakMap<object, Map<string, Line>>();

/**
 * Waits until fewer than so many others do the same kind of long work on a database: each holds a connection for a while,
 * and others want to read meanwhile. Returns what is to be called at the end.
 */
export async function takeTurn(database: object, what: string, atOnce: number): Promise<() => void> {
  const ofDatabase = lines.get(database) ?? new Map<string, Line>();
  lines.set(database, ofDatabase);
  const line = ofDatabase.get(what) ?? { busy: 0, waiting: [] };
  ofDatabase.set(what, line);
  if (line.busy >= atOnce) await new Promise<void>((resolve) => line.waiting.push(resolve));
  else line.busy += 1;
  return () => {
    const next = line.waiting.shift();
    if (next) next();
    else line.busy -= 1;
  };
}
