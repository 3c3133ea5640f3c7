import { markup, withoutForbidden } from '../../text/escape.ts';
import { palette, type Colour, type Theme } from './palette.ts';
import { runWidth, type GroupShape, type LineShape, type Point, type Scene, type Shape } from './scene.ts';

/** A scene as SVG text: no script, no outside reference, the same bytes on every run. */

/** The families whose letters have the same widths as those measured, then whatever there is. */
export const fontFamilies = "Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif";

/** How a scene is written. */
export interface SvgOptions {
  /** The page of clauses, seen from where the picture stands; anchors are lower-cased ids. */
  readonly clausePage: string;
  /**
   * `auto`: follows `prefers-color-scheme`, light where that is not understood. `page`: says which colours by class
   * only, and leaves them to the style sheet of the page that holds the picture.
   */
  readonly theme: Theme | 'auto' | 'page';
  /** Put before every element id, for pages that show several pictures of one machine. */
  readonly idPrefix: string;
}

/** Options of a picture that stands in `docs/machines` or `docs/diagrams`. */
export const defaultSvgOptions: SvgOptions = { clausePage: '../clauses.md', theme: 'auto', idPrefix: '' };

/** An element id made of a name that may hold anything: distinct names keep distinct ids. */
export function elementId(...names: readonly string[]): string {
  const safe = names.map((name) =>
    name.replace(/[^A-Za-z0-9_.-]/gu, (sign) => `~${sign.codePointAt(0)!.toString(16)}~`),
  );
  return safe.join('--');
}

/** The scene as an SVG document. */
export function writeSvg(scene: Scene, options: SvgOptions = defaultSvgOptions): string {
  const writer = new SvgWriter(options);
  const [titleId, descId] = ['title', 'desc'].map(
    (part) => `${options.idPrefix}${elementId(scene.id, part)}`,
  );
  const { width, height } = { width: Math.ceil(scene.width), height: Math.ceil(scene.height) };
  const body = [
    `<rect width="${width}" height="${height}" ${writer.paint('fill', 'paper')}/>`,
    ...scene.shapes.map((shape) => writer.shape(shape)),
  ].join('\n');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="oz-diagram" width="${width}" height="${height}"`,
    ` viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${titleId}" aria-describedby="${descId}"`,
    ` font-family="${fontFamilies}">\n`,
    `<title id="${titleId}">${markup(scene.title)}</title>\n`,
    `<desc id="${descId}">${markup(scene.description)}</desc>\n`,
    options.theme === 'auto' ? themes(body) : '',
    body,
    '\n</svg>\n',
  ].join('');
}

const roles = Object.keys(palette) as Colour[];
/**
 * The colours that occur in `body` as custom properties. All of it stands in an at-rule: renderers without custom
 * properties skip that and keep the light colours that every element carries as attributes.
 */
function themes(body: string): string {
  const used = roles.filter((role) => new RegExp(`oz-[fs]-${role}\\b`).test(body));
  const propertiesOf = (theme: Theme): string =>
    used.map((role) => `--oz-${role}:${palette[role][theme]}`).join(';');
  return [
    '<style>@supports (color:var(--oz)){',
    `.oz-diagram{${propertiesOf('light')}}`,
    `@media (prefers-color-scheme:dark){.oz-diagram{${propertiesOf('dark')}}}`,
    ...used.map((role) => `.oz-f-${role}{fill:var(--oz-${role})}.oz-s-${role}{stroke:var(--oz-${role})}`),
    '.oz-diagram a:hover text,.oz-diagram a:focus text{text-decoration:underline}',
    '}</style>\n',
  ].join('');
}

const number = (value: number): string => String(Math.round(value * 10) / 10);
const point = ({ x, y }: Point): string => `${number(x)} ${number(y)}`;

class SvgWriter {
  readonly #options: SvgOptions;

  constructor(options: SvgOptions) {
    this.#options = options;
  }

  paint(what: 'fill' | 'stroke', colour: Colour | null): string {
    if (colour === null) return `${what}="none"`;
    const { theme } = this.#options;
    const name = `class="oz-${what[0]}-${colour}"`;
    if (theme === 'page') return name;
    const value = `${what}="${palette[colour][theme === 'auto' ? 'light' : theme]}"`;
    return theme === 'auto' ? `${name} ${value}` : value;
  }

  /** Fill and stroke of one element share its class attribute. */
  #paints(fill: Colour | null, stroke: Colour | null): string {
    const both = `${this.paint('fill', fill)} ${this.paint('stroke', stroke)}`;
    const classes = [...both.matchAll(/class="([^"]*)"/g)].map(([, name]) => name);
    const rest = both.replace(/class="[^"]*" ?/g, '').trim();
    const all = classes.length > 0 ? `class="${classes.join(' ')}"` : '';
    return `${all} ${rest}`.trim();
  }

  shape(shape: Shape): string {
    switch (shape.kind) {
      case 'group':
        return this.#group(shape);
      case 'text': {
        const { x, y, text, size, weight, colour, clause } = shape;
        const bold = weight === 'bold' ? ' font-weight="700"' : '';
        const width = ` textLength="${number(runWidth(shape))}" lengthAdjust="spacingAndGlyphs"`;
        const place = `x="${number(x)}" y="${number(y)}" font-size="${number(size)}"${bold}${width}`;
        const element = `<text ${place} ${this.paint('fill', colour)}>${markup(text)}</text>`;
        return clause === undefined ? element : this.#link(clause, element);
      }
      case 'rect': {
        const { x, y, width, height, radius, fill, stroke, strokeWidth, dashed } = shape;
        const place = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
        const line =
          stroke === null ? '' : ` stroke-width="${strokeWidth}"${dashed ? ' stroke-dasharray="7 4"' : ''}`;
        return `<rect ${place} rx="${radius}" ${this.#paints(fill, stroke)}${line}/>`;
      }
      case 'line':
        return this.#line(shape);
      case 'dot': {
        const { x, y, radius, colour } = shape;
        return `<circle cx="${number(x)}" cy="${number(y)}" r="${radius}" ${this.paint('fill', colour)}/>`;
      }
    }
  }

  #group({ id, className, data, title, shapes }: GroupShape): string {
    const attributes = [
      id === null ? '' : ` id="${markup(this.#options.idPrefix + id)}"`,
      className === '' ? '' : ` class="${markup(className)}"`,
      ...Object.entries(data).map(([name, value]) => ` data-${name}="${markup(value)}"`),
    ];
    const tooltip = title === null ? '' : `<title>${markup(title)}</title>`;
    const inner = shapes.map((shape) => this.shape(shape)).join('\n');
    return `<g${attributes.join('')}>${tooltip}\n${inner}\n</g>`;
  }

  #link(clause: string, element: string): string {
    const anchor = withoutForbidden(clause.toLowerCase());
    const href = `${this.#options.clausePage}#${encodeURIComponent(anchor)}`;
    return `<a href="${markup(href)}">${element}</a>`;
  }

  #line({ points, colour, width, dashes, arrow }: LineShape): string {
    const end = points.at(-1)!;
    const before = points.at(-2)!;
    const head = arrow ? arrowHead(before, end) : null;
    const drawn = head ? [...points.slice(0, -1), head.neck] : points;
    const dashed = dashes === null ? '' : ` stroke-dasharray="${dashes}"`;
    const path = `<path d="${roundedPath(drawn)}" ${this.#paints(null, colour)} stroke-width="${width}"${dashed}/>`;
    if (!head) return path;
    return `${path}\n<path d="M${head.corners.map(point).join('L')}z" ${this.paint('fill', colour)}/>`;
  }
}

const headLength = 9;
const headHalf = 4;

function arrowHead(from: Point, to: Point): { readonly neck: Point; readonly corners: readonly Point[] } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const neck = { x: to.x - along.x * headLength, y: to.y - along.y * headLength };
  const side = (sign: 1 | -1): Point => ({
    x: neck.x - along.y * headHalf * sign,
    y: neck.y + along.x * headHalf * sign,
  });
  return { neck, corners: [to, side(1), side(-1)] };
}

const cornerRadius = 6;

function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  let path = `M${point(first!)}`;
  rest.forEach((corner, at) => {
    const next = rest[at + 1];
    const previous = points[at]!;
    path += next ? roundedCorner(previous, corner, next) : `L${point(corner)}`;
  });
  return path;
}

function roundedCorner(previous: Point, corner: Point, next: Point): string {
  const into = Math.hypot(corner.x - previous.x, corner.y - previous.y) || 1;
  const out = Math.hypot(next.x - corner.x, next.y - corner.y) || 1;
  const radius = Math.min(cornerRadius, into / 2, out / 2);
  const towards = (other: Point, length: number): Point => ({
    x: corner.x + ((other.x - corner.x) / length) * radius,
    y: corner.y + ((other.y - corner.y) / length) * radius,
  });
  return `L${point(towards(previous, into))}Q${point(corner)} ${point(towards(next, out))}`;
}
