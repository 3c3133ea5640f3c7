/** A small recording as text for an address, packed; whoever gets the address can read it. */

/** The longest text of a recording in an address, in characters. */
export const maxData = 3500;
/** The most bytes of a recording that came in an address. */
const maxUnpacked = 1_000_000;

/** Whether a text can be a packed recording. */
export const isData = (text: string): boolean => /^[A-Za-z0-9_-]*$/.test(text) && text.length <= maxData;

/** The recording as text, or null where it is too long for an address. */
export async function packRecording(bytes: Blob): Promise<string | null> {
  if (bytes.size > maxUnpacked) return null;
  const packed = await collect(bytes.stream().pipeThrough(new CompressionStream('deflate-raw')), maxData);
  if (packed === null) return null;
  const text = btoa(String.fromCharCode(...packed));
  const data = text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return isData(data) ? data : null;
}

/** The recording in a text, or null where there is none. */
export async function unpackRecording(data: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const packed = Uint8Array.from(atob(data.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
      sign.charCodeAt(0),
    );
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return await collect(stream, maxUnpacked);
  } catch {
    return null;
  }
}

/** All bytes of a stream; null as soon as there are more than `most`. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
