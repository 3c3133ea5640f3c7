import type { Source } from '../../observations/packed/packed.ts';
import type { Where } from '../../observations/observation.ts';
import { pointerTo } from '../../observations/where.ts';
import type { Bodies, BodyShape } from './bodies.ts';

/** Where the observations of bodies stand that are found alike: one source for each place within a body. */
export class Sources {
  readonly #bodyOf: Source;
  readonly #byShape = new Map<BodyShape, Source[]>();
  readonly #ofPages = new Map<BodyShape, Source[]>();

  /** `bodyOf`: the place of the body of a number, such as that of its line. */
  constructor(bodyOf: Source) {
    this.#bodyOf = bodyOf;
  }

  /** The source of the observation of this place in a body. */
  get({ shape, isPage }: Bodies, nth: number): Source {
    const byShape = isPage ? this.#ofPages : this.#byShape;
    let sources = byShape.get(shape);
    if (!sources) byShape.set(shape, (sources = []));
    return (sources[nth] ??= this.#create(shape, isPage ? '/items' : '', nth));
  }

  #create(shape: BodyShape, within: string, nth: number): Source {
    const inside = shape === 'folders' ? pointerTo(within, nth) : within;
    const place = (at: number): Where => {
      const where = this.#bodyOf(at);
      return inside === '' ? where : { ...where, pointer: `${where.pointer ?? ''}${inside}` };
    };
    if (shape === 'folder' || shape === 'folders' || shape === 'callback') return place;
    return Object.assign(place, { list: shape === 'analysis' ? null : '' });
  }
}
