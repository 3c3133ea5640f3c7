import { findingCodes, type Finding } from '../../../observations/findings.ts';
import { printable } from '../../../text/escape.ts';
import { levelOf } from '../../../reports/check/remarks.ts';
import { beforeText, nearestText, place } from '../../../reports/check/text.ts';
import { Coded } from '../parts/coded.tsx';
import { ClauseText } from '../parts/clauses.tsx';

/** The longest text of one fact. */
const longest = 800;

/** A finding with all that is known of it. Text of the recording stands in it as text only. */
export function FindingCard({
  finding,
  heading: Heading = 'h4',
}: {
  readonly finding: Finding;
  readonly heading?: 'h3' | 'h4';
}) {
  const { code, severity, message, where, observed, allowed, clause, hint } = finding;
  const facts: readonly (readonly [string, string | null])[] = [
    ['where', place(where)],
    ['observed', observed],
    ['allowed', allowed.length > 0 ? allowed.join(', ') : null],
    ['nearest legal', nearestText(finding)],
    ['before', beforeText(finding)],
    ['hint', hint],
  ];
  return (
    <article class={`finding ${levelOf(severity)}`}>
      <Heading>
        {severity} <code>{code}</code>
      </Heading>
      <p>
        <bdi>
          <Coded text={printable(message, longest)} />
        </bdi>
      </p>
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>
                    <Coded text={printable(value, longest)} />
                  </bdi>
                </dd>
              </div>
            ),
        )}
        {clause !== null && (
          <div>
            <dt>clause</dt>
            <dd>
              <ClauseText id={clause} />
            </dd>
          </div>
        )}
        <div>
          <dt>means</dt>
          <dd>
            <Coded text={findingCodes[code].means} />
          </dd>
        </div>
      </dl>
    </article>
  );
}
