/** Puts bodies together that stand in a text as they were sent, in chunks (RFC 9112, section 7.1). */

interface Line {
  readonly text: string;
}

const encoder = new TextEncoder();

const announced = /^(?:< )?transfer-encoding:[ \t]*chunked[ \t]*\r?$/i;
const sizeOfChunk = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?\r?$/i;

/** Takes the lines of a text, and gives those to read: of a body in chunks, the lines of the body. */
export class ChunkedBodies<Of extends Line> {
  readonly #maxBytes: number;
  /** What is looked for: a header that announces chunks, the size of the first one or of another, or what is in it. */
  #next: 'header' | 'first' | 'size' | 'data' = 'header';
  /** The lines of the body as they came. */
  #held: Of[] = [];
  #body = '';
  /** How many bytes the whole chunks have. */
  #bodyBytes = 0;
  /** What has come of a chunk, with the ends of lines, how many bytes that is, and how many the chunk has. */
  #chunk = '';
  #chunkBytes = 0;
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  take(line: Of): readonly Of[] {
    switch (this.#next) {
      case 'header':
        if (announced.test(line.text)) this.#next = 'first';
        return [line];
      case 'first':
        return sizeOfChunk.test(line.text) ? this.#readSize(line) : [line];
      case 'size':
        return this.#readSize(line);
      case 'data':
        return this.#readData(line);
    }
  }

  /** What is held of a body that does not end. */
  end(): readonly Of[] {
    if (this.#held.length === 0) return [];
    return this.#body === '' ? this.#held : this.#release(`${this.#body}${this.#chunk}`);
  }

  #readSize(line: Of): readonly Of[] {
    const [, size] = sizeOfChunk.exec(line.text) ?? [];
    this.#size = size === undefined ? Infinity : Number.parseInt(size, 16);
    if (this.#bodyBytes + this.#size > this.#maxBytes) return this.#giveUp(line);
    this.#held.push(line);
    if (this.#size === 0) return this.#release(this.#body);
    this.#next = 'data';
    return [];
  }

  #readData(line: Of): readonly Of[] {
    const text = `${line.text}\n`;
    this.#chunkBytes += encoder.encode(text).length;
    if (this.#chunkBytes > this.#size + '\r\n'.length) return this.#giveUp(line);
    this.#held.push(line);
    this.#chunk += text;
    const end = text.endsWith('\r\n') ? '\r\n' : '\n';
    if (this.#chunkBytes - end.length !== this.#size) return [];
    this.#body += this.#chunk.slice(0, -end.length);
    this.#bodyBytes += this.#size;
    [this.#chunk, this.#chunkBytes] = ['', 0];
    this.#next = 'size';
    return [];
  }

  /** The body in place of the lines held. */
  #release(body: string): readonly Of[] {
    const [size, first = size!] = this.#held;
    this.#startOver();
    return body.split('\n').map((part) => ({ ...first, text: part }));
  }

  /** What was taken for a body in chunks is none: the lines as they came. */
  #giveUp(line: Of): readonly Of[] {
    const held = this.#held;
    this.#startOver();
    return [...held, ...this.take(line)];
  }

  #startOver(): void {
    this.#next = 'header';
    this.#held = [];
    [this.#body, this.#bodyBytes] = ['', 0];
    [this.#chunk, this.#chunkBytes] = ['', 0];
  }
}
