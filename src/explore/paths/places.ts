/** Somewhere a path can pass: a start or a step, with the targets that are met there and the places that can follow. */
export interface Place {
  readonly targets: readonly number[];
  readonly next: readonly number[];
}

/** Places without a way back, and the places at which paths begin. */
export interface PlaceGraph {
  readonly places: readonly Place[];
  readonly starts: readonly number[];
}
