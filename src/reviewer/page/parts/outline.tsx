import { useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Settings } from '../../../../machines/index.ts';
import type { MachineName } from '../../../diagrams/facts/machine-document.ts';
import { elementId } from '../../../diagrams/scene/svg.ts';
import { idPlaceholder, outlineOf, regionsUnder, type Region } from '../facts.ts';
import { usePage } from '../page-context.ts';
import type { Standing } from '../replay.ts';

const nowhere: Pick<Standing, 'active' | 'taken'> = { active: [], taken: [] };

/** The pictures of a machine, one per region, with the active states and the transitions just taken marked. */
export function Outlines({
  machine,
  settings,
  standing = nowhere,
}: {
  readonly machine: MachineName;
  readonly settings: Settings;
  readonly standing?: Pick<Standing, 'active' | 'taken'>;
}) {
  const regions = useMemo(() => regionsUnder(machine, settings), [machine, settings]);
  return (
    <div class="outlines">
      {regions.map((region) => (
        <RegionOutline key={region.id} region={region} standing={standing} />
      ))}
    </div>
  );
}

/** Broader pictures than this, in pixels, cannot be read where there is room for half of them. */
const broad = 800;

function RegionOutline({
  region,
  standing: { active, taken },
}: {
  readonly region: Region;
  readonly standing: Pick<Standing, 'active' | 'taken'>;
}) {
  const { facts } = usePage();
  const prefix = `${useId()}-`;
  const place = useRef<HTMLDivElement>(null);
  const outline = outlineOf(facts, region);
  const svg = outline?.svg.replaceAll(idPlaceholder, prefix) ?? '';
  useLayoutEffect(() => {
    const mark = (kind: 'state' | 'move', ids: readonly string[], name: string): void => {
      for (const marked of place.current?.querySelectorAll(`.${name}`) ?? []) marked.classList.remove(name);
      for (const id of ids) document.getElementById(prefix + elementId(kind, id))?.classList.add(name);
    };
    mark('state', active, 'active');
    mark('move', taken, 'taken');
  }, [svg, prefix, active, taken]);
  // A picture that would be too small to read is scrolled.
  const isBroad = Number(/ width="(\d+)"/.exec(svg)?.[1] ?? 0) > broad;
  const name = region.id.split('.').at(-1)!;
  return (
    <figure>
      <figcaption>{region.id.includes('.') ? <code>{name}</code> : name}</figcaption>
      {/* The only markup that is not made here: drawn when the page was built, never from what a user gave. */}
      <div
        class={isBroad ? 'picture broad' : 'picture'}
        {...(isBroad ? { tabIndex: 0, role: 'region', 'aria-label': `Picture of ${name}` } : {})}
        ref={place}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
    </figure>
  );
}
