import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a link does to what travels over it. */
export interface Weather {
  /** Nothing gets through: living connections are reset, new ones are refused. */
  cut: boolean;
  /** Every piece travels this much longer, in each direction. */
  delayMs: number;
  /** Most bytes a second in each direction; 0 is no limit. */
  bytesPerSecond: number;
}

const CALM: Weather = { cut: false, delayMs: 0, bytesPerSecond: 0 };
const HOST = '127.0.0.1';
/** More than this on its way makes the sender wait. */
const FULL = 1 << 20;

/** One direction of a connection: pieces arrive in order, each no sooner than the weather allows. */
class Lane {
  private dueAt = 0;
  private waiting = 0;
  private underWay = 0;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly weather: Weather,
    private readonly counts: (change: 1 | -1) => void,
  ) {
    from.on('data', (piece: Buffer) => this.carry(piece));
    from.once('end', () => this.later(0, () => to.end()));
    to.on('drain', () => this.from.resume());
  }

  private carry(piece: Buffer): void {
    this.underWay += piece.length;
    if (this.underWay > FULL) this.from.pause();
    this.later(piece.length, () => {
      this.underWay -= piece.length;
      if (this.to.destroyed || this.to.writableEnded) return;
      if (!this.to.write(piece)) this.from.pause();
      else if (this.underWay <= FULL) this.from.resume();
    });
  }

  private later(bytes: number, work: () => void): void {
    const { delayMs, bytesPerSecond } = this.weather;
    const now = Date.now();
    const slow = bytesPerSecond > 0 ? (bytes / bytesPerSecond) * 1_000 : 0;
    this.dueAt = Math.max(this.dueAt, now + delayMs) + slow;
    if (this.waiting === 0 && this.dueAt <= now) {
      work();
      return;
    }
    this.waiting += 1;
    this.counts(1);
    setTimeout(() => {
      this.waiting -= 1;
      this.counts(-1);
      work();
    }, this.dueAt - now);
  }
}

/** A link of the house that can be cut, slowed, narrowed or half closed. Several upstreams are taken in turn. */
export class TcpProxy {
  readonly weather: Weather = { ...CALM };
  private readonly pairs = new Set<[near: Socket, far: Socket]>();
  private turn = 0;
  private late = 0;

  private constructor(
    readonly name: string,
    private readonly upstreams: readonly number[],
    private readonly server: Server,
  ) {
    server.on('connection', (near) => this.accept(near));
  }

  /** @param port 0 takes a free one */
  static async open(name: string, upstreams: readonly number[], port = 0): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, resolve);
    });
    return new TcpProxy(name, upstreams, server);
  }

  get port(): number {
    const address = this.server.address();
    return address && typeof address === 'object' ? address.port : 0;
  }

  get connections(): number {
    return this.pairs.size;
  }

  /** Pieces that have been sent and have not arrived. */
  get underWay(): number {
    return this.late;
  }

  /** Changes the weather for pieces that arrive from now on. */
  set(change: Partial<Weather>): void {
    Object.assign(this.weather, change);
    if (this.weather.cut) this.reset();
  }

  /** Everything travels as it should again. */
  heal(): void {
    this.set(CALM);
  }

  /** Ends all living connections at once; new ones are welcome. */
  reset(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Answers stop on the living connections while what is asked still arrives: the asker sees the end of the stream. */
  halfClose(): void {
    for (const [near, far] of this.pairs) {
      far.removeAllListeners('data');
      far.resume();
      near.end();
    }
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(near: Socket): void {
    if (this.weather.cut) return void near.resetAndDestroy();
    near.on('error', () => undefined);
    near.pause();
    this.reach(near, this.turn++, this.upstreams.length);
  }

  /** The next upstream in turn; one that refuses is passed over. */
  private reach(near: Socket, turn: number, tries: number): void {
    const port = this.upstreams[turn % this.upstreams.length] ?? 0;
    const far = connect({ port, host: HOST, allowHalfOpen: true, noDelay: true });
    const refused = () => (tries > 1 ? this.reach(near, turn + 1, tries - 1) : near.resetAndDestroy());
    far.once('error', refused);
    far.once('connect', () => {
      far.off('error', refused);
      far.on('error', () => undefined);
      if (near.destroyed) return void far.destroy();
      this.join(near, far);
    });
  }

  private join(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    const counts = (change: 1 | -1) => {
      this.late += change;
    };
    new Lane(near, far, this.weather, counts);
    new Lane(far, near, this.weather, counts);
    const gone = () => {
      this.pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.once('close', gone);
    far.once('close', gone);
    near.resume();
  }
}
