import { useRef } from 'preact/hooks';
import { usePage } from '../page-context.ts';
import { SaveLink } from './save-link.tsx';

/** A text to copy or to save as a file. */
export function TextToTake({
  label,
  file,
  text,
}: {
  readonly label: string;
  readonly file: string;
  readonly text: string;
}) {
  const { dispatch } = usePage();
  const area = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      dispatch({ type: 'say', says: `${label} copied.`, isSeen: true });
    } catch {
      area.current?.select();
      dispatch({
        type: 'say',
        says: `${label} selected: copy it with the keys of your system.`,
        isSeen: true,
      });
    }
  };
  return (
    <>
      <textarea
        ref={area}
        readOnly
        rows={Math.min(18, text.split('\n').length)}
        aria-label={label}
        value={text}
      />
      <p class="buttons">
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
        <SaveLink file={file} text={text} />
      </p>
    </>
  );
}
