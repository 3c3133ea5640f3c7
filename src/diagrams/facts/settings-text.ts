import {
  defaultSettings,
  isAsked,
  questionNames,
  type Question,
  type Settings,
} from '../../../machines/index.ts';

/** The answers of `settings` that are not the defaults, as `question = answer`. */
export function departures({ reading, operatorRequired }: Settings): readonly string[] {
  const answers = questionNames
    .filter((question) => reading[question] !== defaultSettings.reading[question])
    .map((question: Question) => {
      const unasked = isAsked(question, reading) ? '' : ' (not asked here)';
      return `${question} = ${reading[question]}${unasked}`;
    });
  const setting =
    operatorRequired === defaultSettings.operatorRequired ? [] : [`OPERATOR_REQUIRED ${operatorRequired}`];
  return [...answers, ...setting];
}

/** What `settings` are, in one phrase. */
export function settingsText(settings: Settings): string {
  const others = departures(settings);
  return others.length === 0 ? 'Reading: default' : `Reading: ${others.join(', ')}; all else default`;
}

/** Which two settings are compared, in one line. */
export function differenceText(first: Settings, second: Settings): string {
  const [one, other] = [first, second].map((settings) => departures(settings).join(', ') || 'default');
  return `Difference between two readings. First: ${one}. Second: ${other}.`;
}
