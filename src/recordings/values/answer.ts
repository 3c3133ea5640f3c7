/** What the request says of its answer: ids from its path, and what was asked for. */
export interface Answer {
  readonly folderId?: string;
  readonly analysisId?: string;
  /** The object that the route answers with, where it is known. */
  readonly holds?: 'folder' | 'analysis';
  /** What the request created. */
  readonly created?: 'folder' | 'analyses';
  /** Whether the request is known to have asked for the analyses of folders. */
  readonly withAnalyses: boolean;
}

/** The answer to a request of which nothing is known. */
export const unknownAnswer: Answer = { withAnalyses: false };
