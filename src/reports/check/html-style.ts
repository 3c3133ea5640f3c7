/** The style sheet of the HTML report. Colours carry no meaning alone: each stands beside the word it underlines. */
export const htmlStyle = `
:root { color-scheme: light dark; --line: #8886; --error: #b3261e; --warning: #8a5a00; --note: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffca66; --note: #7fdca0; } }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 0; }
small { font-weight: normal; opacity: .75; }
.error { --tone: var(--error); } .warning { --tone: var(--warning); } .note { --tone: var(--note); }
h1 span, h2 span, h3 { color: var(--tone); }
table { border-collapse: collapse; display: block; overflow-x: auto; overflow-wrap: normal; }
th, td { border: 1px solid var(--line); padding: .3rem .7rem; text-align: right; }
article { border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 4px; padding: .8rem 1rem;
  margin: 1rem 0; }
article p { margin: .4rem 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .4rem 0 0; }
dt { opacity: .75; } dd { margin: 0; }
@media screen and (max-width: 40rem) { table { display: flex; } tr { display: grid; } th { text-align: left; }
  th, td { margin: 0 0 -1px -1px; } }
@media print { article { break-inside: avoid; } h2 { break-after: avoid; } }
`;
