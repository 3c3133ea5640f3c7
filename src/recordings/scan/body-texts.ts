import type { ByteView } from '../../observations/packed/byte-view.ts';
import { GrowingBytes } from '../../observations/packed/byte-text.ts';
import { skipBlanks, withinDocument } from '../json/skip.ts';
import { unescape } from '../json/unescape.ts';
import { askedBy, type Request } from './addresses.ts';
import { askedNothing, type Bodies } from './bodies.ts';

/** Reads bodies that are kept as texts, within strings. */
export class BodyTexts {
  readonly #spelled = new GrowingBytes();
  readonly #scan: () => boolean;
  #length = 0;
  #asked = askedNothing;

  constructor(bodies: Bodies) {
    this.#scan = () => {
      const { bytes } = this.#spelled;
      const behind = bodies.read(this.#spelled, skipBlanks(bytes, 0), this.#asked);
      return behind >= 0 && skipBlanks(bytes, behind) === this.#length;
    };
  }

  /** What the last body spelt, which holds what was found in it. */
  get text(): ByteView {
    return this.#spelled;
  }

  /** Whether the text within a string at these bounds is a body that can be taken, in answer to the request. */
  read(
    text: ByteView,
    from: number,
    to: number,
    request: Request,
    { id, idEnd }: { readonly id: number; readonly idEnd: number },
  ): boolean {
    const spelled = this.#spelled;
    // The id in the address goes behind the body.
    const room = to - from + 1;
    spelled.reserve(room + idEnd - id + 1);
    this.#length = unescape(text, from, to, spelled);
    if (this.#length < 0) return false;
    spelled.bytes[this.#length] = 0;
    if (id >= 0) spelled.bytes.set(text.bytes.subarray(id, idEnd), room);
    this.#asked = askedBy(request, id < 0 ? -1 : room, room + idEnd - id);
    return withinDocument(this.#scan);
  }
}
