import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { awsCalls } from '../../../core/diagnosis/fix/aws-calls.ts';
import { draft } from '../../../core/diagnosis/fix/draft.ts';
import { nextSteps } from '../../../core/diagnosis/unexplained/next-evidence.ts';
import type { Step } from '../../../core/model/fix.ts';

const steps: [where: string, Step][] = [...catalogue, { id: 'unexplained', fix: nextSteps() }].flatMap(({ id, fix }) =>
  fix.map((step, index): [string, Step] => [`${id} ${index}`, step]),
);
const changing = steps.filter(([, { change }]) => change !== undefined);
const reading = steps.filter(([, { look }]) => look !== undefined);

test('every step that changes something says what it disturbs, or why nothing, and how to take it back', () => {
  expect(changing.length).toBeGreaterThan(90);
  for (const [where, step] of changing) {
    const { disturbs = '', undo = '', danger } = draft(step);
    expect(disturbs, where).toMatch(/^(Nothing: )?[A-Za-z{].+\.$/);
    expect(undo, where).toMatch(/\.$/);
    if (!disturbs.startsWith('Nothing: ')) expect(danger, where).toContain(disturbs);
  }
});

test('a step that only reads has neither', () => {
  expect(reading.length).toBeGreaterThan(80);
  for (const [where, step] of reading) {
    expect(step.change, where).toBeUndefined();
    expect(Object.keys(draft(step)), where).not.toEqual(expect.arrayContaining(['disturbs']));
    expect(Object.keys(draft(step)), where).not.toEqual(expect.arrayContaining(['danger']));
  }
});

test('a look has a verb that reads, and a change one that does not', () => {
  const readsOnly =
    /^kubectl (--namespace \S+ )?(get|describe|logs|top|port-forward|rollout (status|history)|exec \S+ -- cilium-dbg status)\b|^aws \S+ (describe|list|lookup|get)-/;
  for (const [where, step] of reading) expect(draft(step).command, where).toMatch(readsOnly);
  for (const [where, step] of changing) expect(draft(step).command, where).not.toMatch(readsOnly);
});

test('every operation of AWS that a step runs is known with its consequences', () => {
  for (const [where, { change }] of changing)
    if (change !== undefined && 'aws' in change) expect(Object.keys(awsCalls), where).toContain(change.aws);
});

test('only what no constructor makes is a command written out, and it says itself what follows', () => {
  const written = changing.filter(([, { change }]) => change !== undefined && 'run' in change);
  expect(written.length).toBeLessThan(12);
  for (const [where, { disturbs, undo }] of written) {
    expect(disturbs, where).toBeDefined();
    expect(undo, where).toBeDefined();
  }
});

test('no command has a hole that a person must fill, and no sentence holds a command without cluster or Region', () => {
  const bare =
    /\b(?:kubectl|helm) (?:-\S+ \S+ )*(?:annotate|apply|delete|edit|patch|rollback|rollout|scale|set|uncordon)\b|\baws [a-z0-9]+ [a-z]+-[a-z-]+/;
  for (const [where, step] of steps) {
    const { text, command = '', danger = '', disturbs = '', undo = '' } = draft(step);
    expect(command, where).not.toMatch(/<[a-zA-Z][^>]*>/);
    for (const sentence of [text, danger, disturbs, undo]) expect(sentence, where).not.toMatch(bare);
  }
});

test('no step speaks of what a tool reverts: that is said by the owner that is found', () => {
  for (const [where, { danger = '', text }] of steps)
    expect(`${danger} ${text}`, where).not.toMatch(
      /(Terraform|GitOps|Argo CD|Flux|Helm|add-on)[^.]*\b(revert|undo|take it back|takes it back|sets it back)/,
    );
});
