import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../../kubernetes/program.ts';

/** Milliseconds without any work after which the controller is taken to be done: it is told of a change within some. */
const calm = 1500;
/** Milliseconds that it has for a change, on a machine that does other things too. */
const patience = 90_000;

/** Waits until the controller has nothing to do and has done nothing for a while, by what it counts itself at the URL `metrics`. */
export async function untilQuiet(controller: Program, metrics: string): Promise<void> {
  const deadline = Date.now() + patience;
  let before = '';
  let since = Date.now();
  while (Date.now() - since < calm) {
    if (Date.now() > deadline) throw new Error(`the controller does not come to rest: ${controller.words()}`);
    const { isBusy, done } = await workOf(metrics);
    if (isBusy || done !== before) since = Date.now();
    before = done;
    await sleep(100);
  }
}

async function workOf(metrics: string): Promise<{ isBusy: boolean; done: string }> {
  const lines = (await (await fetch(metrics)).text()).split('\n');
  return {
    isBusy: lines.some((line) => /^(workqueue_depth|controller_runtime_active_workers)\{.* [1-9]/.test(line)),
    done: lines.filter((line) => line.startsWith('controller_runtime_reconcile_total')).join('\n'),
  };
}
