import type { Severity } from '../observations/findings.ts';
import { printable } from '../text/escape.ts';
import type { ToldFinding } from './told.ts';

/** The numbers that OpenTelemetry gives to severities: ERROR, WARN and INFO. */
const severityNumbers: Readonly<Record<Severity, readonly [number: number, text: string]>> = {
  violation: [17, 'ERROR'],
  unreadable: [17, 'ERROR'],
  unspecified: [13, 'WARN'],
  hazard: [13, 'WARN'],
  note: [9, 'INFO'],
};

/** The name under which each finding is logged as an event. */
export const eventName = 'oz_status.finding';

/** The longest text of a log record. */
const longestText = 4000;

type AnyValue = { readonly stringValue: string } | { readonly intValue: string };

const attribute = (
  key: string,
  value: string | number,
): { readonly key: string; readonly value: AnyValue } => ({
  key,
  value:
    typeof value === 'number' ? { intValue: String(value) } : { stringValue: printable(value, longestText) },
});

/**
 * Findings as the body of a request for logs: OTLP 1.x in JSON, where 64-bit numbers are texts and ids hexadecimal. A
 * finding in whose request a trace was seen is an event of that trace.
 */
export function otlpLogs(findings: readonly ToldFinding[], version: string): string {
  const scope = { name: 'oz-status', version };
  const resource = {
    attributes: [attribute('service.name', 'oz-status-monitor'), attribute('service.version', version)],
  };
  const logRecords = findings.map(recordOf);
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] });
}

function recordOf({ id, folderId, finding, time, trace }: ToldFinding): object {
  const { code, clause, severity, message, analysis, where, observed, allowed } = finding;
  const [severityNumber, severityText] = severityNumbers[severity];
  const known = {
    'oz_status.finding.id': id,
    'oz_status.code': code,
    'oz_status.severity': severity,
    'oz_status.clause': clause,
    'oz_status.folder.id': folderId,
    'oz_status.analysis.id': analysis,
    'oz_status.observed': observed,
    'oz_status.allowed': allowed.length === 0 ? null : allowed.join(', '),
    'log.file.path': where.file,
    'oz_status.line': where.line ?? null,
    'oz_status.pointer': where.pointer ?? null,
  };
  const nanoseconds = `${Math.trunc(time)}000000`;
  return {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    severityNumber,
    severityText,
    eventName,
    body: { stringValue: printable(message, longestText) },
    attributes: Object.entries(known).flatMap(([key, value]) =>
      value === null ? [] : [attribute(key, value)],
    ),
    ...(trace && { traceId: trace.traceId, spanId: trace.spanId, flags: trace.flags }),
  };
}
