import { statuses } from '../../machines/index.ts';
import { palette, statusColours, type Colour, type Theme } from '../diagrams/scene/palette.ts';

const roles = Object.keys(palette) as Colour[];

/** The colours of the pictures as a style sheet: the theme is that of the system unless the page names one. */
export function pageColours(): string {
  const properties = (theme: Theme): string =>
    roles.map((role) => `--oz-${role}:${palette[role][theme]}`).join(';');
  return [
    `:root{color-scheme:light;${properties('light')}}`,
    `:root[data-theme=dark]{color-scheme:dark;${properties('dark')}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${properties('dark')}}}`,
    ...roles.map((role) => `.oz-f-${role}{fill:var(--oz-${role})}.oz-s-${role}{stroke:var(--oz-${role})}`),
    ...statuses.map((status) => {
      const [text, pill] = statusColours(status);
      return `[data-status=${status}]{--status-text:var(--oz-${text});--status-fill:var(--oz-${pill})}`;
    }),
  ].join('\n');
}
