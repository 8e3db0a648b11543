import { connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '#libs/testing';
import { TcpProxy } from './tcp-proxy.js';

function listening(name: string): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (piece) => socket.write(`${name}:${piece}`));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port })),
  );
}

/** A connection that remembers what it heard and how it ended. */
function caller(port: number) {
  const socket: Socket = connect({ port, host: '127.0.0.1' });
  const heard = { text: '', ended: false, broken: false };
  socket.on('data', (piece) => {
    heard.text += piece;
  });
  socket.on('end', () => {
    heard.ended = true;
  });
  socket.on('error', () => {
    heard.broken = true;
  });
  return { socket, heard };
}

describe('a link of the storm', () => {
  let ada: Awaited<ReturnType<typeof listening>>;
  let ben: Awaited<ReturnType<typeof listening>>;
  let proxy: TcpProxy;
  const callers: Socket[] = [];
  const call = () => {
    const one = caller(proxy.port);
    callers.push(one.socket);
    return one;
  };

  beforeEach(async () => {
    ada = await listening('ada');
    ben = await listening('ben');
    proxy = await TcpProxy.open('link', [ada.port, ben.port]);
  });
  afterEach(async () => {
    for (const socket of callers.splice(0)) socket.destroy();
    await proxy.close();
    ada.server.close();
    ben.server.close();
  });

  it('takes its upstreams in turn, and passes over one that is gone', async () => {
    const first = call();
    first.socket.write('a');
    const second = call();
    second.socket.write('b');
    await eventually(() => expect([first.heard.text, second.heard.text].sort()).toEqual(['ada:a', 'ben:b']));
    await new Promise((closed) => {
      for (const socket of callers.splice(0)) socket.destroy();
      ada.server.close(closed);
    });
    const third = call();
    const fourth = call();
    third.socket.write('c');
    fourth.socket.write('d');
    await eventually(() => expect([third.heard.text, fourth.heard.text]).toEqual(['ben:c', 'ben:d']));
  });

  it('resets what lives when it is cut, refuses what comes, and heals', async () => {
    const before = call();
    before.socket.write('a');
    await eventually(() => expect(before.heard.text).not.toBe(''));
    proxy.set({ cut: true });
    await eventually(() => expect(before.heard.broken || before.socket.destroyed).toBe(true));
    const during = call();
    await eventually(() => expect(during.heard.broken || during.socket.destroyed).toBe(true));
    proxy.heal();
    const after = call();
    after.socket.write('b');
    await eventually(() => expect(after.heard.text).toMatch(/:b$/));
  });

  it('delays each piece and keeps their order', async () => {
    proxy.set({ delayMs: 60 });
    const from = Date.now();
    const one = call();
    one.socket.write('1');
    await eventually(() => expect(proxy.underWay).toBe(1));
    await eventually(() => expect(one.heard.text).toMatch(/:1/));
    expect(proxy.underWay).toBe(0);
    expect(Date.now() - from).toBeGreaterThanOrEqual(115);
    proxy.heal();
    one.socket.write('2');
    await eventually(() => expect(one.heard.text).toMatch(/:1.*:2$/));
  });

  it('narrows to so many bytes a second', async () => {
    proxy.set({ bytesPerSecond: 10_000 });
    const from = Date.now();
    const one = call();
    one.socket.write('x'.repeat(1_000));
    await eventually(() => expect(one.heard.text.length).toBeGreaterThan(1_000));
    expect(Date.now() - from).toBeGreaterThanOrEqual(195);
  });

  it('half closes: the asker sees the end, what it asked has arrived', async () => {
    let arrived = '';
    ada.server.on('connection', (socket) => socket.on('data', (piece) => (arrived += piece)));
    ben.server.on('connection', (socket) => socket.on('data', (piece) => (arrived += piece)));
    const one = call();
    await eventually(() => expect(proxy.connections).toBe(1));
    proxy.halfClose();
    one.socket.write('order');
    await eventually(() => expect([one.heard.ended, arrived]).toEqual([true, 'order']));
    expect(one.heard.text).toBe('');
  });
});
