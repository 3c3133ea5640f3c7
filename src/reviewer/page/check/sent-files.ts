import type { ChosenRecording } from './check-session.ts';

/**
 * Files on their way from the page to its worker, which asks for them piece by piece: the worker of a page from a disk
 * may not read files in WebKit.
 */

/** No piece is longer. */
const pieceBytes = 1 << 20;

/** A file as the worker gets it; each message to the port asks for the next piece. */
export interface SentFile {
  readonly name: string;
  readonly size: number;
  readonly port: MessagePort;
}

/** The next bytes of a file, none at its end; or what is wrong with it. */
type SentPiece = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string };

/** Sends a file, and answers whoever asks for pieces of it. */
export function sendFile(file: File): SentFile {
  const { port1: asked, port2: port } = new MessageChannel();
  let at = 0;
  const next = async (): Promise<SentPiece> => {
    try {
      const bytes = new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
      at += bytes.length;
      return { bytes };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };
  const answer = async (): Promise<void> => {
    const piece = await next();
    asked.postMessage(piece, 'bytes' in piece ? [piece.bytes.buffer] : []);
  };
  asked.addEventListener('message', () => void answer());
  asked.start();
  const { name, size } = file;
  return { name, size, port };
}

/** The recording that was sent as a file. */
export function receiveFile({ name, size, port }: SentFile): ChosenRecording {
  const next = (): Promise<SentPiece> =>
    new Promise((resolve) => {
      port.addEventListener('message', ({ data }: MessageEvent<SentPiece>) => resolve(data), { once: true });
      port.start();
      port.postMessage(undefined);
    });
  const stream = () =>
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece = await next();
        if ('problem' in piece) controller.error(new Error(piece.problem));
        else if (piece.bytes.length > 0) controller.enqueue(piece.bytes);
        else {
          port.close();
          controller.close();
        }
      },
    });
  return { name, size, stream };
}
