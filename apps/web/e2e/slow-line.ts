import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/** A third of a second there and back and a megabit: a phone in a full foyer. */
const DELAY_MS = 150;
const BYTES_PER_MS = 125;
const VERSION = 5;
const NO_PASSWORD = 0;
const CONNECT = 1;
const BY_NAME = 3;

/** Bytes come later than they were sent, and not faster than the line is wide. */
function slowly(): Transform {
  let free = 0;
  // Timers of unlike length may fire out of turn within a millisecond; bytes may not.
  const under: Buffer[] = [];
  return new Transform({
    highWaterMark: 16_384,
    transform(chunk: Buffer, _encoding, done) {
      const now = performance.now();
      free = Math.max(free, now) + chunk.length / BYTES_PER_MS;
      under.push(chunk);
      setTimeout(() => this.push(under.shift()), free - now + DELAY_MS);
      // The next chunk may set out before this one has arrived.
      void wait(chunk.length / BYTES_PER_MS).then(() => done());
    },
    flush(done) {
      setTimeout(done, Math.max(0, free - performance.now()) + 2 * DELAY_MS);
    },
  });
}

function once(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('data', resolve).once('error', reject);
  });
}

/** SOCKS 5 (RFC 1928): a greeting, a request with an address, then bytes both ways. */
async function serve(browser: Socket): Promise<void> {
  await once(browser);
  browser.write(Buffer.from([VERSION, NO_PASSWORD]));
  const request = await once(browser);
  if (request[1] !== CONNECT) throw new Error('only connections are asked for');
  const byName = request[3] === BY_NAME;
  const end = byName ? 5 + request[4]! : 8;
  const host = byName ? request.toString('latin1', 5, end) : [...request.subarray(4, end)].join('.');
  const house = connect(request.readUInt16BE(end), host);
  house.once('connect', () => browser.write(Buffer.from([VERSION, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
  browser.pipe(slowly()).pipe(house);
  house.pipe(slowly()).pipe(browser);
  house.on('error', () => browser.destroy());
  browser.on('error', () => house.destroy());
  browser.on('close', () => house.destroy());
}

/** A proxy on loopback that makes a browser's line slow; the origin of its pages stays what it is. */
export function slowLine(): Promise<{ port: number; close(): void }> {
  const server = createServer((socket) => {
    serve(socket).catch(() => socket.destroy());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() }),
    );
  });
}
