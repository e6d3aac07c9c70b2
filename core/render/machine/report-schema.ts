import { clientSteps, servedStates } from '../../model/served-state.ts';
import { severities } from '../../model/severity.ts';

export const text = { type: 'string' };
export const maybeText = { type: ['string', 'null'] };
export const count = { type: 'integer', minimum: 0 };
export const time = { type: 'string', format: 'date-time' };
export const list = (items: object) => ({ type: 'array', items });
export const record = (properties: Record<string, object>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const scope = {
  oneOf: [
    record({ kind: { const: 'all' } }),
    record({ kind: { const: 'cluster' }, name: text }),
    record({ kind: { const: 'target-group' }, arn: text }),
    record({ kind: { const: 'target' }, targetGroupArn: text, id: text, port: count }),
    record({ kind: { const: 'target-groups' }, count }),
  ],
};

const gap = record({
  slice: text,
  scope,
  reason: { enum: ['denied', 'throttled', 'unreachable', 'deadline', 'deferred', 'invalid', 'not-requested', 'bug'] },
  action: text,
  message: text,
  remedy: text,
});

const stretch = record({ from: time, to: time });

const step = record(
  {
    text,
    prepare: text,
    command: text,
    danger: text,
    verify: text,
    disturbs: text,
    manifest: record({ owner: text, where: text, undoneBy: text, language: { enum: ['yaml', 'hcl'] }, text }, [
      'owner',
      'undoneBy',
    ]),
    undo: record({ text, command: text }, ['command']),
  },
  ['prepare', 'command', 'danger', 'verify', 'disturbs', 'manifest', 'undo'],
);

export const diagnosis = record(
  {
    fingerprint: text,
    verdict: { enum: ['unhealthy', 'unserved', 'expected', 'latent', 'unexplained'] },
    cause: maybeText,
    title: text,
    mechanisms: list(text),
    coCauses: list(text),
    confidence: { enum: ['confirmed', 'probable', 'possible'] },
    decidedBy: maybeText,
    severity: { enum: [...severities] },
    cluster: maybeText,
    namespace: maybeText,
    service: maybeText,
    team: text,
    loadBalancerArn: maybeText,
    targetGroupArn: text,
    targets: list(record({ id: text, port: count, state: text, reason: maybeText })),
    missing: list(text),
    emptyZones: list(text),
    clientsOf: { enum: ['TCP', 'UDP'] },
    someClients: { const: true },
    besideOthers: { const: true },
    groupHealth: record({ healthy: count, total: count }),
    evidence: list(record({ check: text, target: maybeText, saw: text, expected: text })),
    ruledOut: list(text),
    unknown: list(record({ check: text, reason: text, remedy: text })),
    fix: list(step),
    changedSinceHealthy: list(record({ what: text, before: maybeText, now: maybeText })),
    measured: record({ since: time, sinceAtLeast: { const: true }, spells: list(stretch), notes: list(text) }, [
      'since',
      'sinceAtLeast',
    ]),
    changes: record(
      {
        start: time,
        entries: list(
          record(
            {
              at: time,
              minutes: { type: 'integer' },
              actor: maybeText,
              tool: maybeText,
              action: text,
              object: text,
              detail: text,
              fits: { const: true },
            },
            ['minutes', 'detail', 'fits'],
          ),
        ),
        notes: list(text),
      },
      ['start'],
    ),
    recovered: stretch,
    asOf: time,
  },
  [
    'team',
    'missing',
    'emptyZones',
    'clientsOf',
    'someClients',
    'besideOthers',
    'changedSinceHealthy',
    'measured',
    'changes',
    'recovered',
    'asOf',
  ],
);

const maybe = (shape: object) => ({ oneOf: [shape, { type: 'null' }] });
const tally = record({ ready: count, total: count });
const milliseconds = { type: 'number', minimum: 0 };
const amount = { type: 'number', minimum: 0 };

const chain = record({
  loadBalancer: maybe(record({ name: text, scheme: text, state: text })),
  listeners: list(record({ protocol: text, port: count })),
  targetGroup: record({ targetType: text, protocol: text, port: count, healthCheck: text }),
  controller: text,
  service: maybe(
    record({
      type: text,
      port: maybe(record({ port: count, targetPort: text, nodePort: { type: ['integer', 'null'] } })),
      trafficPolicy: { enum: ['Cluster', 'Local'] },
    }),
  ),
  pods: maybe(tally),
  nodes: maybe(tally),
  zones: list(record({ name: text, enabled: { type: 'boolean' }, healthy: count, targets: count })),
  vantage: { enum: ['vpc', 'outside'] },
  probes: record({
    sent: count,
    transcripts: list(
      record({
        purpose: text,
        target: text,
        request: text,
        outcome: text,
        timings: record(
          {
            connectMs: milliseconds,
            tlsMs: milliseconds,
            firstByteMs: milliseconds,
            totalMs: milliseconds,
            ownDelayMs: milliseconds,
          },
          ['connectMs', 'tlsMs', 'firstByteMs', 'ownDelayMs'],
        ),
      }),
    ),
  }),
});

/** JSON Schema (2020-12) of a Report of schemaVersion 1. */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Report of eks-nlb-auditor',
  ...record(
    {
      schemaVersion: { const: 1 },
      run: record(
        {
          id: text,
          account: text,
          region: text,
          startedAt: time,
          finishedAt: time,
          complete: { type: 'boolean' },
          apiCalls: { type: 'object', additionalProperties: count },
          throttles: count,
          waitedMs: count,
          cost: record({ gbSeconds: amount, estimatedUsd: amount }),
        },
        ['cost'],
      ),
      coverage: record({
        clusters: record({ seen: count, audited: count }),
        targetGroups: record({ seen: count, read: count }),
        targets: record({ seen: count, probed: count, alike: count }, ['alike']),
        gaps: list(gap),
      }),
      groups: list(
        record(
          {
            targetGroupArn: text,
            chain,
            name: text,
            missing: { const: true },
            cluster: maybeText,
            namespace: maybeText,
            service: maybeText,
            loadBalancer: maybeText,
            healthy: count,
            total: count,
            read: { type: 'boolean' },
            asOf: time,
            served: { enum: [...servedStates] },
            unknown: list(text),
            clientsPath: list(
              record({ step: { enum: [...clientSteps] }, decision: { enum: ['allow', 'deny', 'unknown'] }, by: text }),
            ),
            sparkline: record({
              from: time,
              minutes: count,
              unhealthy: list({ type: ['number', 'null'], minimum: 0 }),
              total: count,
            }),
          },
          ['missing', 'chain', 'asOf', 'served', 'clientsPath', 'sparkline'],
        ),
      ),
      diagnoses: list(diagnosis),
      history: {
        type: 'object',
        additionalProperties: list(
          record({ at: time, transition: { enum: ['opened', 'changed', 'flapping', 'resolved'] } }),
        ),
      },
      gate: record({ opened: { type: 'boolean' }, detail: text }),
      filter: record(
        { namespaces: list(text), services: list(text), checks: list(text), severity: { enum: [...severities] } },
        ['namespaces', 'services', 'checks', 'severity'],
      ),
    },
    ['history', 'gate', 'filter'],
  ),
};
