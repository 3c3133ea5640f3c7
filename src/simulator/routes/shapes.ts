/** An analysis as the API shows it. Members that are not documented are extensions and absent by default. */
export interface AnalysisBody {
  analyse_id?: string | undefined;
  folder_id: string;
  group_id?: string;
  type: string;
  state?: string | undefined;
  resolution_status: string;
  resolution: string;
  results_data: Readonly<Record<string, number>> | null;
  results_media: readonly unknown[];
  source_media: readonly unknown[];
}

/** A folder as the API shows it. */
export interface FolderBody {
  folder_id: string;
  resolution_status: unknown;
  system_resolution: string;
  meta_data: Readonly<Record<string, unknown>>;
  media: readonly unknown[];
  time_created: number;
  time_updated: number;
  analyses?: AnalysisBody[];
}
