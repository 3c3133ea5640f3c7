import { below } from '../../observations/where.ts';
import { cellClause, columnClause } from '../../../machines/clauses.ts';
import { isLiveness, mayNeedOperator } from '../../../machines/analysis/model.ts';
import type { Settings } from '../../../machines/readings.ts';
import { alphabetOf, isStatusOf, type Field, type Status, statuses } from '../../../machines/statuses.ts';
import { namesOf, type ResolutionSet } from '../belief/resolution-set.ts';
import { admittedBy } from './claims.ts';
import { finding, type Finding } from '../../observations/findings.ts';
import type { AnalysisView, Observation, Where } from '../../observations/observation.ts';
import { quotedText, shownText } from '../../observations/quoting.ts';
import { meantStatus } from './respelling.ts';

/** What an observation says that no folder ever shows, whatever came before: the first such thing, if any. */
export function neverSeen(
  observation: Observation,
  views: readonly AnalysisView[],
  kindOf: (view: AnalysisView) => string | undefined,
  settings: Settings,
): Finding | undefined {
  const { resolutionStatus, systemResolution, where } = observation;
  return (
    outOfAlphabet('folder.resolution_status', resolutionStatus, () => below(where, '/resolution_status')) ??
    outOfAlphabet('system_resolution', systemResolution, () => below(where, '/system_resolution')) ??
    first(views, (view) => neverSeenOf(view, kindOf(view), where, settings))
  );
}

/** A place in a message: its file and its line, or what leads to it in a document. */
export function placeText({ file, line, pointer }: Where): string {
  return line === undefined ? `${file} ${pointer ?? ''}`.trimEnd() : `${file}:${line}`;
}

/** The commonest innocent cause of an answer that contradicts others. */
export const lateAnswer = 'most likely a late, cached or replica’s answer';

/** The hint of a violation, before it that the folder has shown the same, which has mostly an innocent cause. */
export function hintOf({ hint }: Pick<Finding, 'hint'>, seenBefore: Where | undefined): string | null {
  if (!seenBefore) return hint;
  const repeats = `equals what ${placeText(seenBefore)} showed`;
  if (hint?.startsWith(lateAnswer)) return `${repeats}: ${hint}`;
  return `${repeats}: ${lateAnswer}${hint === null ? '' : `; ${hint}`}`;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function neverSeenOf(
  view: AnalysisView,
  kind: string | undefined,
  where: Where,
  settings: Settings,
): Finding | undefined {
  const place = (field: string) => (): Where => ({ ...where, pointer: `${view.pointer}/${field}` });
  const { id, state, resolutionStatus } = view;
  const alien =
    outOfAlphabet('analyse.state', state, place('state'), id) ??
    outOfAlphabet('analyse.resolution_status', resolutionStatus, place('resolution_status'), id);
  if (alien) return alien;
  if (admittedBy(view) === 0) {
    return finding('STATE_RESULT_MISMATCH', {
      message: `analysis ${id}: state ${state} and resolution_status ${resolutionStatus} exclude each other`,
      analysis: id,
      where: place('resolution_status')(),
      observed: resolutionStatus!,
      allowed: namesOf(admittedBy({ state: state! })),
    });
  }
  if (resolutionStatus !== 'OPERATOR_REQUIRED' || mayNeedOperator(kind ?? '', settings)) return undefined;
  const never = settings.operatorRequired === 'never';
  const others: ResolutionSet = admittedBy(state === undefined ? {} : { state });
  return finding(never && !isLiveness(kind ?? '') ? 'OPERATOR_NOT_ENABLED' : 'OPERATOR_FOR_LIVENESS', {
    message: never
      ? `analysis ${id}: OPERATOR_REQUIRED, which the biometry settings are said not to enable`
      : `analysis ${id} of kind ${kind}: OPERATOR_REQUIRED, which liveness never shows`,
    analysis: id,
    where: place('resolution_status')(),
    observed: resolutionStatus,
    allowed: namesOf(others).filter((name) => name !== 'OPERATOR_REQUIRED'),
  });
}

/** The finding on a kind shown late, of an analysis that was seen as no analysis of that kind can be; `as`: how. */
export function lateKindFinding({ id, kind, pointer }: AnalysisView, as: string, where: Where): Finding {
  return finding('OPERATOR_FOR_LIVENESS', {
    message: `analysis ${id} is of kind ${quotedText(kind!)}, which never shows OPERATOR_REQUIRED: ${as}`,
    analysis: id,
    where: { ...where, pointer: `${pointer}/type` },
    observed: shownText(kind!),
  });
}

function outOfAlphabet(
  field: Field,
  value: string | undefined,
  place: () => Where,
  analysis: string | null = null,
): Finding | undefined {
  if (value === undefined || isStatusOf(field, value)) return undefined;
  const allowed = alphabetOf(field);
  const status = (statuses as readonly string[]).includes(value) ? (value as Status) : undefined;
  return finding('STATUS_NOT_IN_FIELD', {
    clause: status ? cellClause(field, status) : columnClause(field),
    message: status
      ? `${field} is ${value}, a status that this field never shows`
      : `${field} is ${quotedText(value)}, which is no status at all`,
    analysis,
    where: place(),
    observed: shownText(value),
    allowed,
    ...(status ? {} : nearestHint(field, value)),
  });
}

function nearestHint(field: Field, value: string): { hint: string } | object {
  const meant = meantStatus(field, value);
  if (meant === undefined) return {};
  const isCase = meant === value.trim().toUpperCase();
  return { hint: isCase ? `the API writes it ${meant}` : `did you mean ${meant}?` };
}

/** The finding on a complete list that leaves out analyses that were there. */
export function lostFinding(gone: readonly string[], where: Where): Finding {
  const which = gone.length === 1 ? `analysis ${gone[0]}` : `${gone.length} analyses, the first ${gone[0]}`;
  return finding('ANALYSIS_DISAPPEARED', {
    message: `the complete list no longer holds ${which}`,
    analysis: gone.length === 1 ? gone[0]! : null,
    where: below(where, '/analyses'),
    hint: 'from here on only the alphabets and single analyses of this folder are checked, unless it is seen again',
  });
}

/** The finding on an analysis that one list holds twice. */
export function tornFinding({ id, pointer }: AnalysisView, where: Where): Finding {
  const message = `analysis ${id} is listed twice, with different contents`;
  return finding('ANALYSIS_CONTRADICTS_ITSELF', { message, analysis: id, where: { ...where, pointer } });
}

const texts = {
  GROUP_CHANGED: {
    message: 'what is said of the groups of the analyses fits no execution that shows the rest',
  },
  OPERATOR_DECIDED: {
    message: 'only an operator’s decision on OPERATOR_REQUIRED explains what is seen here',
  },
  SEARCH_LIMIT: {
    message:
      'the search for an explanation met its limit: from here on the hazards of this folder are not judged, and nothing is claimed of it but what is reported',
    hint: 'complete lists of analyses and the answers to the POSTs leave less to search for',
  },
  LATE_AFTER_OVERLAP: {
    message:
      'a group or a kind is shown late, after answers whose requests overlap: what was seen before is not judged by it, and nothing is claimed of this folder but what is reported',
    hint: 'record the answers to the POSTs, or requests that do not overlap',
  },
  BUDGET_SPENT: {
    message:
      'the searches in all folders up to here have met their common limit, and this folder needs more: from here on its hazards are not judged, and nothing is claimed of it but what is reported',
    hint: 'check this folder by itself, or split the recording; the limit grows with the number of observations',
  },
} as const;

/** The finding on an observation as a whole, where no value of it can be named. */
export function wholeFinding(code: 'GROUP_CHANGED' | 'OPERATOR_DECIDED', where: Where): Finding {
  return finding(code, { ...texts[code], where });
}

/** The finding that something is learnt late of a folder of which more was seen than the `most` that is kept. */
export function historyFinding(most: number, where: Where): Finding {
  return finding('SEARCH_LIMIT', {
    message: `a group or a kind is shown late, and more was seen of this folder before than is kept to hold against it (${most}): nothing more is claimed of it`,
    where,
    hint: 'record the answers to the POSTs, or record group ids and kinds from the beginning',
  });
}

/** Where a search ended: at the limit of the folder, or as it had gone through several orders before. */
type Limit = 'SEARCH_LIMIT' | 'LATE_AFTER_OVERLAP';

/** The finding that a search ended, at the limit that all folders have in common where their effort is spent. */
export function limitFinding(
  { isSpent }: { readonly isSpent: boolean },
  where: Where,
  limit: Limit = 'SEARCH_LIMIT',
): Finding {
  const text = limit === 'SEARCH_LIMIT' && isSpent ? 'BUDGET_SPENT' : limit;
  return finding('SEARCH_LIMIT', { ...texts[text], where });
}
