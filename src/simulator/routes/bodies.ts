import { allAnalyses, project, stateOf, type Analysis, type Folder } from '../../../machines/index.ts';
import { tellLie, type IllegalCode } from '../scenarios/illegal-histories.ts';
import type { KeptFolder } from '../session/kept-folder.ts';
import type { Session } from '../session/session.ts';
import { beginning } from '../transport/traffic-log.ts';
import { isMembers } from './read-body.ts';
import type { AnalysisBody, FolderBody } from './shapes.ts';

/** Scores that go with a resolution: samples, below or above the usual thresholds. */
function scores(kind: string, resolution: string): AnalysisBody['results_data'] {
  if (resolution === 'PROCESSING' || resolution === 'FAILED') return null;
  const isPassed = resolution === 'SUCCESS';
  if (kind === 'QUALITY') return { confidence_spoofing: isPassed ? 0.02 : 0.97 };
  if (kind !== 'BIOMETRY') return {};
  const confidence = isPassed ? 0.96 : resolution === 'DECLINED' ? 0.12 : 0.8;
  return { min_confidence: confidence, max_confidence: confidence };
}

function analysisBody(session: Session, folder: KeptFolder, group: string, analysis: Analysis): AnalysisBody {
  const { id, kind, resolution } = analysis;
  const sources = folder.posted(id)?.sources ?? [];
  const used =
    sources.length === 0 ? folder.media : folder.media.filter((one) => sources.includes(one.media_id));
  return {
    analyse_id: id,
    folder_id: folder.id,
    ...(session.settings.groups === 'shown' ? { group_id: group } : {}),
    type: kind.toUpperCase(),
    state: stateOf(resolution),
    resolution_status: resolution,
    resolution,
    results_data: scores(kind.toUpperCase(), resolution),
    results_media: [],
    source_media: used,
  };
}

/** The analyses of some groups of a folder, from the group of a number on. */
export function analysisBodies(
  session: Session,
  folder: KeptFolder,
  model: Folder = folder.model,
  from = 0,
): AnalysisBody[] {
  return model.groups
    .slice(from)
    .flatMap(({ id, analyses }) => analyses.map((analysis) => analysisBody(session, folder, id, analysis)));
}

/** How a folder is asked for. */
export interface Asked {
  readonly withAnalyses: boolean;
  /** What it was before the last thing that happened, as a replica answers that is late. */
  readonly stale?: boolean;
}

/** A folder as the API shows it. */
export function folderBody(session: Session, folder: KeptFolder, { withAnalyses, stale }: Asked): FolderBody {
  const model = (stale === true ? folder.before : undefined) ?? folder.model;
  const { resolution_status: status, system_resolution: system } = project(
    model,
    session.settings.settings.reading,
  );
  return {
    folder_id: folder.id,
    resolution_status: status,
    system_resolution: system,
    meta_data: folder.meta,
    media: folder.media,
    time_created: beginning + folder.created,
    time_updated: beginning + folder.updated,
    ...(withAnalyses ? { analyses: analysisBodies(session, folder, model) } : {}),
  };
}

/** What an illegal history answers instead of the body of a folder. */
function lieOf(session: Session, folder: KeptFolder, asked: Asked, illegal: IllegalCode): unknown {
  if (folder.isSettled && allAnalyses(folder.model).length > 0) folder.settledReads += 1;
  return tellLie(illegal, folderBody(session, folder, asked), folder.settledReads);
}

/** The analyses of a folder as its routes of analyses show them; or what is told instead, as a text or as a value. */
export function shownAnalyses(session: Session, folder: KeptFolder, stale: boolean): unknown {
  const { illegal } = session.settings;
  const truth = analysisBodies(session, folder, (stale ? folder.before : undefined) ?? folder.model);
  if (illegal === undefined) return truth;
  const lie = lieOf(session, folder, { withAnalyses: true, stale }, illegal);
  if (!isMembers(lie) || !('folder_id' in lie)) return lie;
  return lie['analyses'] ?? truth;
}

/** The text of a folder; the same text until something happens in it, unless the session tells lies. */
export function folderText(session: Session, folder: KeptFolder, asked: Asked): string {
  const { illegal } = session.settings;
  if (illegal !== undefined) {
    const lie = lieOf(session, folder, asked, illegal);
    return typeof lie === 'string' ? lie : JSON.stringify(lie);
  }
  if (asked.stale === true) return JSON.stringify(folderBody(session, folder, asked));
  const key = asked.withAnalyses ? 'all' : 'fields';
  const known = folder.bodies.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(folderBody(session, folder, asked));
  folder.bodies.set(key, text);
  return text;
}
