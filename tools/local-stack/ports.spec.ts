import { createServer } from 'node:net';
import { answers, demandedPort, freePort, isFree, preferablyPort } from './ports.js';

async function onABusyPort<T>(work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  try {
    return await work(port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('a port', () => {
  it('is free until somebody listens on it', async () => {
    expect(await isFree(await freePort())).toBe(true);
    expect(await onABusyPort(isFree)).toBe(false);
    expect(await onABusyPort((port) => answers(port))).toBe(true);
  });

  it('that is only preferred gives way to any other', async () => {
    await onABusyPort(async (port) => expect(await preferablyPort(port)).not.toBe(port));
    const port = await freePort();
    expect(await preferablyPort(port)).toBe(port);
  });

  it('that was demanded is refused by name when it is taken', async () => {
    await onABusyPort(async (port) => {
      await expect(demandedPort('WEB_PORT', String(port))).rejects.toMatchObject({
        code: 'port-in-use',
        message: expect.stringContaining('WEB_PORT'),
      });
    });
  });

  it.each(['http', '0', '70000', '80.5', ''])('is not %p', async (value) => {
    await expect(demandedPort('WEB_PORT', value)).rejects.toMatchObject({ code: 'bad-port' });
  });
});
