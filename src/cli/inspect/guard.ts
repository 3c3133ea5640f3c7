/** A clock that calls `act` after so many milliseconds, unless what it gives is called before. */
export type Clock = (milliseconds: number, act: () => void) => () => void;

/** The clock of the system, which keeps no process alive. */
export const systemClock: Clock = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds).unref();
  return () => clearTimeout(timer);
};

/** What a connection may be doing, and for how many milliseconds. Nothing that arrives meanwhile prolongs that. */
const patience = {
  /** It has not shown the token yet, or not again for what it asks for next. */
  unknown: 5_000,
  /** It asks for something with the token, until the answer has gone. */
  asking: 30_000,
  /** It watches or sends records for as long as it likes. */
  staying: Infinity,
} as const;

/** What a connection is doing. */
export type ConnectionState = keyof typeof patience;

/** How many connections there may be: so many that one in use is rarely the oldest of too many. */
export const connectionLimits = {
  /** That have not shown the token, from one address. */
  unknownOfAddress: 128,
  /** That have not shown the token, in all. */
  unknown: 256,
  /** That have. */
  known: 200,
} as const;

/** As much of a socket as is looked at. */
export interface GuardedSocket {
  readonly remoteAddress?: string | undefined;
  once(event: 'close', act: () => void): unknown;
  destroy(): unknown;
}

interface Connection {
  state: ConnectionState;
  readonly address: string;
  isKnown: boolean;
  /** How many answers it waits for. */
  asked: number;
  stopClock: () => void;
}

/**
 * Sees to it that connections without the token keep nobody else out: they may do nothing for a short time only, and
 * where there are too many the oldest makes room for the newest, of the address that has the most.
 */
export class ConnectionGuard {
  readonly #clock: Clock;
  /** In the order in which they came. */
  readonly #connections = new Map<GuardedSocket, Connection>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#connections.size;
  }

  /** Takes a new connection, for which an older one may have to go. */
  accept(socket: GuardedSocket): void {
    const address = socket.remoteAddress ?? '';
    const stopClock = () => undefined;
    const connection: Connection = { state: 'unknown', address, isKnown: false, asked: 0, stopClock };
    this.#connections.set(socket, connection);
    socket.once('close', () => this.#forget(socket));
    this.#wait(socket, connection);
    this.#makeRoom(address);
  }

  /** Whether a connection that asks with the token is let in: not so where there are too many of them. */
  letIn(socket: GuardedSocket): boolean {
    const connection = this.#connections.get(socket);
    if (!connection) return false;
    if (!connection.isKnown) {
      const known = [...this.#connections.values()].filter(({ isKnown }) => isKnown).length;
      if (known >= connectionLimits.known) return false;
      connection.isKnown = true;
    }
    connection.asked += 1;
    this.#enter(socket, 'asking');
    return true;
  }

  /** Notes that a connection that was let in goes on for as long as it likes. */
  letStay(socket: GuardedSocket): void {
    this.#enter(socket, 'staying');
  }

  /** Notes that a connection has been answered, and may ask again. */
  rest(socket: GuardedSocket): void {
    const connection = this.#connections.get(socket);
    if (!connection) return;
    connection.asked -= 1;
    if (connection.asked === 0) this.#enter(socket, 'unknown');
  }

  #enter(socket: GuardedSocket, state: ConnectionState): void {
    const connection = this.#connections.get(socket);
    if (!connection) return;
    connection.state = state;
    this.#wait(socket, connection);
  }

  #wait(socket: GuardedSocket, connection: Connection): void {
    connection.stopClock();
    const milliseconds = patience[connection.state];
    connection.stopClock =
      milliseconds === Infinity ? () => undefined : this.#clock(milliseconds, () => this.#end(socket));
  }

  /** Ends the oldest of too many, of the newcomer's address or of the one with the most. */
  #makeRoom(newcomer: string): void {
    const byAddress = new Map<string, GuardedSocket[]>();
    let unknown = 0;
    for (const [socket, { address, isKnown }] of this.#connections) {
      if (isKnown) continue;
      unknown += 1;
      const others = byAddress.get(address);
      if (others) others.push(socket);
      else byAddress.set(address, [socket]);
    }
    const own = byAddress.get(newcomer) ?? [];
    const most = [...byAddress.values()].reduce(
      (one, other) => (other.length > one.length ? other : one),
      own,
    );
    if (own.length > connectionLimits.unknownOfAddress) this.#end(own[0]!);
    else if (unknown > connectionLimits.unknown) this.#end(most[0]!);
  }

  #end(socket: GuardedSocket): void {
    this.#forget(socket);
    socket.destroy();
  }

  #forget(socket: GuardedSocket): void {
    this.#connections.get(socket)?.stopClock();
    this.#connections.delete(socket);
  }
}
