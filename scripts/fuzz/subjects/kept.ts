import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ofFiles } from '../../../bin/commands/examine.ts';
import { UserError } from '../../../config/user-error.ts';
import { assess } from '../../../core/diagnosis/assess.ts';
import { recordRun } from '../../../core/lifecycle/record-run.ts';
import { truncate, untruncated } from '../../../core/lifecycle/truncate.ts';
import { emptyMemory, type Memory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { startReplay } from '../../../core/notification/simulate.ts';
import { outputs } from '../../../core/render/outputs.ts';
import { renderHistory } from '../../../core/render/text/history.ts';
import { parseFacts } from '../../../io/reports/facts-file.ts';
import { unpackFindings } from '../../../io/store/findings/pack.ts';
import { packText } from '../../../io/store/packed-text.ts';
import { readStoredFinding, storedFinding } from '../../../io/store/shapes/stored-finding.ts';
import { readStoredHistory, storedHistory } from '../../../io/store/shapes/stored-history.ts';
import { readStoredOutbox } from '../../../io/store/shapes/stored-outbox.ts';
import { readStoredRun } from '../../../io/store/shapes/stored-run.ts';
import { memoryOf, partsOf, unpackPart } from '../../../io/store/shapes/survey-parts.ts';
import { hostileText, spoiled } from '../hostile.ts';
import { channelsOf, messagesOf, someRuns } from '../media.ts';
import { report, rules, whole } from '../observed.ts';
import { expecting, type Subject, subject } from '../subject.ts';

const runs = someRuns(report);
const memory = runs.at(-1)?.memory ?? emptyMemory();
const changes = runs.flatMap((run) => run.changes);
const outbox = messagesOf(runs).map((message) => ({
  key: message.fingerprint,
  revision: 1,
  status: 'open',
  episode: 1,
  openedAt: message.openedAt,
  resolvedAt: null,
  toldAt: message.at,
  lastRun: report.run.id,
  members: [{ fingerprint: message.fingerprint, news: 1 }],
  pending: {
    ...message,
    firstEvidence: message.diagnoses[0]?.evidence,
    deliveredTo: ['sns'],
    receipts: { ops: { ts: '1' } },
  },
}));

const plain = { color: false, width: 120 };

const findings = changes.map(({ after }) => storedFinding(after, truncate(untruncated(after.diagnoses))));

/** Objects of items; what is not even an object cannot come from the table. */
const items = <Item>(examples: Item[]): fc.Arbitrary<object> =>
  spoiled(examples.slice(0, 6)).map((item) => (typeof item === 'object' && item !== null ? item : {}));

const long = Buffer.alloc(33 * 2 ** 20, 'a');
const bombs = [
  brotliCompressSync(long, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzipSync(long, { level: 1 }),
].map((packed) => new Uint8Array(packed));

/** Bytes that are packed, or nothing of the kind; of the long ones a few bytes hold 33 MiB. */
const packedTexts: fc.Arbitrary<Uint8Array> = fc.oneof(
  { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 2 },
  { arbitrary: fc.constantFrom(...bombs), weight: 1 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom(...bombs), fc.nat(), fc.nat({ max: 255 }))
      .map(([bomb, at, byte]) => bomb.with(at % bomb.length, byte)),
    weight: 1,
  },
);

/** What later runs and commands do with memory. */
function useMemory(kept: Partial<Memory>): void {
  const remembered = { ...emptyMemory(), ...kept };
  reconcileState(remembered, report, rules);
  renderHistory(remembered.findings, plain);
}

/** Readers of what the product itself kept, maybe in another release. */
export const keptSubjects: Subject[] = [
  subject({ id: 'findings in the table' }, items(findings), (item) => {
    const finding = readStoredFinding(item);
    if (finding !== null) useMemory({ findings: [finding] });
  }),
  subject({ id: 'incidents in the table' }, items(outbox), (item) => {
    const entry = readStoredOutbox(item);
    if (entry !== null && 'members' in entry) useMemory({ findings: memory.findings, incidents: [entry] });
  }),
  subject({ id: 'messages in the table' }, items(outbox), (item) => {
    const entry = readStoredOutbox(item);
    if (entry?.pending !== undefined) channelsOf(entry.pending);
  }),
  subject({ id: 'lines of history in the table' }, items(messagesOf(runs).map(storedHistory)), (item) => {
    const line = readStoredHistory(item);
    if (line !== null) renderHistory(memory.findings.slice(0, 1), plain, [line]);
  }),
  subject({ id: 'runs in the table', inCi: 300 }, spoiled([recordRun(report)]), async (record) => {
    const run = await readStoredRun({ record: await packText(JSON.stringify(record) ?? '') });
    if (run) startReplay(rules).add(run);
  }),
  subject(
    { id: 'memory of the survey' },
    spoiled([JSON.parse([...partsOf(whole.memory).values()][0] ?? '{}')]),
    async (part) => {
      const read = await unpackPart(await packText(JSON.stringify(part) ?? ''));
      if (read !== undefined) partsOf(memoryOf([read]));
    },
  ),
  subject({ id: 'packed items in the table', inCi: 40 }, packedTexts, async (packed) => {
    const found = await unpackFindings({ pk: 'findings', sk: 'any', packed }, () => undefined);
    if (found.length > 0) useMemory({ findings: found.map(({ finding }) => finding) });
    readStoredFinding({ ...findings[0], packed });
    await readStoredRun({ record: packed });
    await unpackPart(packed);
  }),
  subject(
    { id: 'facts files', inCi: 100 },
    fc.tuple(
      fc.oneof(
        hostileText,
        spoiled([JSON.parse(JSON.stringify({ schemaVersion: 1, ...whole }))]).map((file) => JSON.stringify(file) ?? ''),
      ),
      fc.constantFrom(...(Object.keys(outputs) as (keyof typeof outputs)[])),
    ),
    ([text, form]) =>
      expecting(
        () => ofFiles(['facts.json'], () => outputs[form](assess(parseFacts(text, 'facts.json')).report)),
        (error) => error instanceof UserError,
      ),
  ),
];
