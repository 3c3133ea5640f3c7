const looks = {
  active: 'where it stands',
  possible: 'can be clicked: an event leads there',
  taken: 'arrow just taken',
  event: 'an event',
  derived: 'follows by a rule, without an event of its own',
  final: 'final: nothing happens to it any more',
} as const;

/** What the looks of the pictures mean: of all of them, or of those that are shown. */
export function ChartLegend({
  shown = Object.keys(looks) as (keyof typeof looks)[],
}: {
  readonly shown?: readonly (keyof typeof looks)[];
}) {
  return (
    <ul class="chart-legend" aria-label="Legend">
      {shown.map((look) => (
        <li key={look} class={`is-${look}`}>
          {looks[look]}
        </li>
      ))}
    </ul>
  );
}
