import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** A place for files: they can be dropped there or chosen. */
export function FileDrop({
  name,
  text,
  several = false,
  take,
  children,
}: {
  readonly name: string;
  readonly text: string;
  readonly several?: boolean;
  readonly take: (files: readonly File[]) => void;
  readonly children?: ComponentChildren;
}) {
  const [isOver, setOver] = useState(false);
  const given = (files: FileList | null | undefined): void => {
    if (files && files.length > 0) take([...files]);
  };
  return (
    <section
      class={isOver ? 'intake over' : 'intake'}
      aria-label={name}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        given(event.dataTransfer?.files);
      }}
    >
      <label class="file">
        <span>{text}</span>
        <input
          type="file"
          multiple={several}
          onChange={({ currentTarget }) => {
            given(currentTarget.files);
            // The same file can be chosen again once it has changed.
            currentTarget.value = '';
          }}
        />
      </label>
      {children}
    </section>
  );
}
