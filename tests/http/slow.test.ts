import { connect, type AddressInfo } from 'node:net';
import { setUpStage, type Stage } from '../tokens/stage';
import { long } from '../world/effort';

let stage: Stage;
let port: number;
beforeAll(async () => {
  stage = await setUpStage();
  await stage.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = stage.app.server.address() as AddressInfo);
});
afterAll(() => stage.close());

// Half a minute each.
(long ? test : test.skip)(
  'a body that does not arrive is given up with 408; a tree may take its time',
  async () => {
    const token = (await stage.token(await stage.lab.person('Lena'))).secret;
    const ends = await Promise.all([
      exchange('/graphql', 'application/json', ['{"query":']),
      exchange('/import', 'application/x-ndjson', ['{"type":"Project",', '"key":"k",', '"name":"Slow"}\n'], token),
    ]);
    expect(ends[0]).toMatch(/^HTTP\/1\.1 408 /);
    expect(ends[1]).toMatch(/^HTTP\/1\.1 200 /);
  },
  120_000,
);

/** Sends a request whose body comes in pieces, 16 seconds apart, and is never ended unless all of them are sent. */
function exchange(path: string, type: string, pieces: string[], token?: string): Promise<string> {
  const length = token === undefined ? 1000 : pieces.join('').length;
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
      socket.end();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`,
    );
    pieces.forEach((piece, place) => setTimeout(() => socket.write(piece), place * 16_000));
  });
}
