import { connect, createServer } from 'node:net';
import { StartTrouble } from './trouble.js';

const HOST = '127.0.0.1';

/** True when nothing listens on the port and we may. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port that the operating system says is free. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The preferred port when it is free, else any free one. */
export async function preferablyPort(preferred: number | undefined): Promise<number> {
  return preferred !== undefined && (await isFree(preferred)) ? preferred : freePort();
}

/** A port that a person asked for by `variable`: taken or refused, never replaced. */
export async function demandedPort(variable: string, value: string): Promise<number> {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartTrouble(
      'bad-port',
      `${variable}=${value} is not a port.`,
      `Set ${variable} to a number from 1 to 65535.`,
    );
  }
  if (await isFree(port)) return port;
  throw new StartTrouble(
    'port-in-use',
    `Port ${port} (${variable}) is in use by another program.`,
    `End that program, or choose another port: ${variable}=… npm start`,
  );
}

/** True when something accepts connections on the port. */
export function answers(port: number, host = HOST): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const done = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}
