/** Text in which words between backticks are code. */
export function Coded({ text }: { readonly text: string }) {
  return (
    <>
      {text.split('`').map((part, at) =>
        // oxlint-disable-next-line react/no-array-index-key -- parts are their places
        at % 2 === 1 ? <code key={at}>{part}</code> : part,
      )}
    </>
  );
}
