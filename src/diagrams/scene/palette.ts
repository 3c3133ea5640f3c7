/**
 * The colours of the pictures in both themes. Nothing is said by colour alone: derived moves are dashed, changes
 * carry a sign, statuses their name. Every pair of text and background is tested against WCAG AA.
 */

interface Shade {
  readonly light: string;
  readonly dark: string;
}

/** Every colour by its role. */
export const palette = {
  paper: { light: '#ffffff', dark: '#0d1117' },
  box: { light: '#ffffff', dark: '#161b22' },
  frame: { light: '#f6f8fa', dark: '#10161d' },
  border: { light: '#57606a', dark: '#8b949e' },
  rule: { light: '#d0d7de', dark: '#30363d' },
  ink: { light: '#1f2328', dark: '#f0f6fc' },
  muted: { light: '#535b63', dark: '#a3adb8' },
  link: { light: '#0756b0', dark: '#6cb6ff' },
  event: { light: '#24292f', dark: '#d7dee6' },
  derived: { light: '#6e3bc4', dark: '#cbb0ff' },
  warning: { light: '#8a4600', dark: '#f2b866' },
  warningBox: { light: '#fff6e5', dark: '#2b2010' },
  added: { light: '#116329', dark: '#6fdd8b' },
  addedBox: { light: '#eefbf1', dark: '#0f2416' },
  removed: { light: '#a40e26', dark: '#ff9c95' },
  removedBox: { light: '#fff1f0', dark: '#2c1214' },
  changed: { light: '#8a4600', dark: '#f2b866' },
  initial: { light: '#323a43', dark: '#d5dce3' },
  initialPill: { light: '#e3e8ee', dark: '#373f49' },
  processing: { light: '#0b4a94', dark: '#a9d3ff' },
  processingPill: { light: '#d9ebff', dark: '#123760' },
  failed: { light: '#8c1020', dark: '#ffc0bb' },
  failedPill: { light: '#ffe0de', dark: '#571a1e' },
  finished: { light: '#0e4f56', dark: '#9fe3ea' },
  finishedPill: { light: '#d5f3f5', dark: '#0f4046' },
  declined: { light: '#83164f', dark: '#ffbcdf' },
  declinedPill: { light: '#ffdfef', dark: '#551a3a' },
  operator: { light: '#703a00', dark: '#fbd08f' },
  operatorPill: { light: '#ffedc9', dark: '#4c3305' },
  success: { light: '#0f5323', dark: '#a3eeb5' },
  successPill: { light: '#d7f5de', dark: '#12421f' },
} as const satisfies Record<string, Shade>;

/** The role of a colour. */
export type Colour = keyof typeof palette;
/** A theme: which of the two shades is used. */
export type Theme = keyof Shade;

/** The colours of a status: its text and the pill behind it. A value that is no status is drawn as INITIAL is. */
export function statusColours(status: string): readonly [text: Colour, pill: Colour] {
  const role = statusRoles[status as keyof typeof statusRoles] ?? 'initial';
  return [role, `${role}Pill`];
}

const statusRoles = {
  INITIAL: 'initial',
  PROCESSING: 'processing',
  FAILED: 'failed',
  FINISHED: 'finished',
  DECLINED: 'declined',
  OPERATOR_REQUIRED: 'operator',
  SUCCESS: 'success',
} as const satisfies Record<string, Colour>;

const onEverything = ['paper', 'box', 'frame', 'warningBox', 'addedBox', 'removedBox'] as const;

/** Every colour of text with every colour that it may stand on. */
export const textOnBackground: readonly (readonly [text: Colour, background: Colour])[] = [
  ...(
    ['ink', 'muted', 'link', 'event', 'derived', 'warning', 'added', 'removed', 'changed'] as const
  ).flatMap((text) => onEverything.map((background) => [text, background] as const)),
  ...Object.values(statusRoles).map((role) => [role, `${role}Pill`] as const),
];
