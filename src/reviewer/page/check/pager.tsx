/** Says which part of a list is shown and goes to the others; nothing where all of it is. */
export function Pager({
  what,
  from,
  size,
  count,
  go,
}: {
  readonly what: string;
  readonly from: number;
  readonly size: number;
  readonly count: number;
  readonly go: (from: number) => void;
}) {
  if (count <= size) return null;
  const number = (value: number): string => value.toLocaleString('en-US');
  const to = Math.min(from + size, count);
  return (
    <nav class="pager" aria-label={`${what}: pages`}>
      <button type="button" aria-disabled={from === 0} onClick={() => go(Math.max(0, from - size))}>
        Previous
      </button>
      <span>
        {what} {number(from + 1)} to {number(to)} of {number(count)}
      </span>
      <button
        type="button"
        aria-disabled={to === count}
        onClick={() => {
          if (to < count) go(to);
        }}
      >
        Next
      </button>
    </nav>
  );
}
