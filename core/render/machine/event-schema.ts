import { nothingOmitted } from '../../lifecycle/truncate.ts';
import { severities } from '../../model/severity.ts';
import { count, diagnosis, list, maybeText, record, text, time } from './report-schema.ts';

const line = record(
  {
    key: text,
    severity: { enum: [...severities] },
    title: text,
    cluster: maybeText,
    services: list(text),
    moreServices: count,
    teams: list(text),
    openedAt: time,
  },
  ['teams'],
);

const cause = record({
  cause: text,
  severity: { enum: [...severities] },
  title: text,
  incidents: count,
  services: count,
  clusters: list(text),
  moreClusters: count,
  openedAt: time,
});

const summary = record(
  {
    kind: { enum: ['first', 'many', 'digest'] },
    lines: list(line),
    more: count,
    causes: list(cause),
    open: count,
    openBefore: { type: ['integer', 'null'] },
    opened: { type: ['integer', 'null'] },
    resolved: { type: ['integer', 'null'] },
    offenders: list(record({ key: text, episodes: count })),
    muted: count,
  },
  ['causes'],
);

/** JSON Schema (2020-12) of the detail of an event, which is also the body for SQS and Lambda; schemaVersion 1. */
export const eventSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Message of eks-nlb-auditor',
  ...record(
    {
      schemaVersion: { const: 1 },
      vpcId: text,
      key: text,
      fingerprint: text,
      transition: { enum: ['opened', 'changed', 'flapping', 'resolved', 'reminder', 'summary'] },
      at: time,
      openedAt: time,
      diagnoses: list(diagnosis),
      omitted: record(Object.fromEntries(Object.keys(nothingOmitted).map((cut) => [cut, count]))),
      reportUrl: text,
      services: record({ names: list(text), more: count }),
      recovered: list(text),
      muted: list(record({ service: text, pattern: text, owner: text, reason: text, until: time })),
      past: list(record({ openedAt: time, resolvedAt: time })),
      firstEvidence: list(record({ check: text, target: maybeText, saw: text, expected: text })),
      summary,
      accountName: text,
      report: text,
    },
    ['accountName', 'report', 'reportUrl', 'services', 'recovered', 'muted', 'past', 'firstEvidence', 'summary'],
  ),
};
