import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../page-context.ts';

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
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [text]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      dispatch({ type: 'say', says: `${label} copied.` });
    } catch {
      area.current?.select();
      dispatch({ type: 'say', says: `${label} selected: copy it with the keys of your system.` });
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
        <a class="button" href={url} download={file}>
          Save as {file}
        </a>
      </p>
    </>
  );
}
