import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Takes messages over web sockets, as `createWebSocketInspector` of `@statelyai/inspect` sends them. */
export interface Sockets {
  /**
   * Accepts a connection. Every message is given on as a text, or as null where it is bytes, with a name for its
   * connection.
   */
  take(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    onMessage: (message: string | null, source: string) => void,
  ): void;
  close(): void;
}

/** Web sockets of messages up to that many bytes; null where the optional package for them is not installed. */
export async function loadSockets(maxPayload: number): Promise<Sockets | null> {
  const loaded = await import('ws').catch(() => null);
  if (!loaded) return null;
  const server = new loaded.WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  let connections = 0;
  return {
    take(request, socket, head, onMessage) {
      server.handleUpgrade(request, socket, head, (connection) => {
        connections += 1;
        const source = `socket-${connections}`;
        // A message that is too long ends its connection; there is nothing more to do about it.
        connection.on('error', () => undefined);
        connection.on('message', (data, isBinary) => {
          onMessage(isBinary ? null : (data as Buffer).toString('utf8'), source);
        });
      });
    },
    close() {
      for (const connection of server.clients) connection.terminate();
      server.close();
    },
  };
}
