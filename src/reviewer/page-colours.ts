import { statuses } from '../../machines/index.ts';
import { palette, statusColours, type Colour, type Theme } from '../diagrams/scene/palette.ts';

const roles = Object.keys(palette) as Colour[];
/** What text stands on. */
const isGround = (role: Colour): boolean => /^(?:paper|box|frame)$|(?:Box|Pill)$/.test(role);

/** The colours of the pictures as a style sheet: the theme is that of the system unless the page names one. */
export function pageColours(): string {
  const properties = (theme: Theme): string =>
    roles.map((role) => `--oz-${role}:${palette[role][theme]}`).join(';');
  return [
    `:root{color-scheme:light;${properties('light')}}`,
    // Paper is light, whatever the theme.
    `@media screen{:root[data-theme=dark]{color-scheme:dark;${properties('dark')}}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${properties('dark')}}}`,
    // Where the system gives the colours, pictures have them too.
    `@media (forced-colors:active){:root:root{${roles.map((role) => `--oz-${role}:${isGround(role) ? 'Canvas' : 'CanvasText'}`).join(';')}}}`,
    ...roles.map((role) => `.oz-f-${role}{fill:var(--oz-${role})}.oz-s-${role}{stroke:var(--oz-${role})}`),
    ...statuses.map((status) => {
      const [text, pill] = statusColours(status);
      return `[data-status=${status}]{--status-text:var(--oz-${text});--status-fill:var(--oz-${pill})}`;
    }),
  ].join('\n');
}
