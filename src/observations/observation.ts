/** A place in an input: the file as it was named, 1-based line and column, and a JSON pointer into the value there. */
export interface Where {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
  /** Where in the file the line begins, in bytes, as the recording says of itself. */
  readonly offset?: number;
}

/** What one observation says of one analysis. A member that is absent was not seen. Statuses are as received. */
export interface AnalysisView {
  readonly id: string;
  readonly kind?: string;
  readonly groupId?: string;
  readonly state?: string;
  readonly resolutionStatus?: string;
  /** JSON pointer of the analysis, below the pointer of the observation; names of its fields are appended. */
  readonly pointer: string;
}

/** When a request began and its answer ended, in the unit of the recording. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A partial view of one folder at one moment. */
export interface Observation {
  /** Names the folder within a check; equal keys are one folder. */
  readonly folder: string;
  /** The id of the folder, if it has one. */
  readonly folderId?: string;
  /** Of an analysis by itself: its folder is not known. It may be any, and `folder` stands for the analysis. */
  readonly unnamed?: true;
  /** `folder.resolution_status` as received; absent: not seen. */
  readonly resolutionStatus?: string;
  /** `system_resolution` as received; absent: not seen. */
  readonly systemResolution?: string;
  readonly analyses: readonly AnalysisView[];
  /** Whether `analyses` are all that the folder had at that moment. */
  readonly complete: boolean;
  /** Whether `analyses` are one whole group: the answer to a POST. */
  readonly wholeGroup: boolean;
  readonly where: Where;
  /** How many observations that said the same came right before it and were left out. */
  readonly repeats?: number;
  /** Where the folder has shown the same before it showed something else. */
  readonly seenBefore?: Where;
  /** Of its request; observations that overlap have no order. */
  readonly interval?: Interval;
}
