import { useEffect, useState } from 'preact/hooks';

/** A link that saves a text as a file; nothing leaves the computer. */
export function SaveLink({
  file,
  type = 'text/plain',
  text,
}: {
  readonly file: string;
  readonly type?: string;
  readonly text: string;
}) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type }));
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [text, type]);
  return (
    <a class="button" href={url} download={file}>
      Save as {file}
    </a>
  );
}
