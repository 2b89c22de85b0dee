import { connect } from 'node:net';
import type { PoolClient } from 'pg';

/** What a connection knows of itself beyond its type: where it leads, and what the database knows it by. */
interface Known {
  host: string;
  port: number;
  processID: number | null;
  secretKey: number | null;
}

const cancelRequest = 80_877_102;

/**
 * Asks the database to end what a connection is running. As its protocol has it, over a connection of its own that
 * carries nothing else and takes no place in the pool. Nothing is told of it: where it fails, the statement ends in time.
 */
export function cancelStatement(client: PoolClient): void {
  const { host, port, processID, secretKey } = client as unknown as Known;
  if (typeof processID !== 'number' || typeof secretKey !== 'number') return;
  const message = Buffer.alloc(16);
  [16, cancelRequest, processID, secretKey].forEach((value, index) => message.writeInt32BE(value, index * 4));
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(5000, () => socket.destroy());
  socket.on('error', () => undefined).end(message);
}
