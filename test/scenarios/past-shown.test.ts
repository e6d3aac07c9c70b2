import { expect, test } from 'vitest';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import { renderHtml } from '../../core/render/html/page.ts';
import { renderJson } from '../../core/render/machine/json.ts';
import { renderSlack } from '../../core/render/message/slack.ts';
import { renderText } from '../../core/render/text/text.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { failedBetweenRuns } from '../../lab/scenarios/failed-between-runs.ts';
import { ruleRemovedByController } from '../../lab/scenarios/rule-removed-by-controller.ts';
import { ruleRemovedByTerraform } from '../../lab/scenarios/rule-removed-by-terraform.ts';
import { ruleRemovedInConsole } from '../../lab/scenarios/rule-removed-in-console.ts';
import { snatPortsExhausted } from '../../lab/scenarios/snat-ports-exhausted.ts';
import { openedMessage } from '../core/sample-message.ts';
import { auditWorld, thisSecond } from './audit-world.ts';

/** Everything that people and programs are shown of the Service of a scenario. */
async function shown({ build }: Scenario): Promise<Record<'text' | 'page' | 'Slack' | 'JSON', string>> {
  const { report } = await auditWorld(build({ network: '127.96', now: thisSecond() }));
  const diagnoses = report.diagnoses.filter(({ service }) => service === 'checkout') as [Diagnosis];
  return {
    text: renderText(report, { color: false, width: 1000, verbose: false }),
    page: renderHtml(report),
    Slack: JSON.stringify(renderSlack(openedMessage(...diagnoses))),
    JSON: renderJson(report),
  };
}

const forms = ['text', 'page', 'Slack', 'JSON'] as const;

test.each<[string, Scenario, RegExp]>([
  ['a fault of four minutes between two runs', failedBetweenRuns, /from \d\d:\d\d to \d\d:\d\d UTC \(4 min\)/],
  ['a rule that a person removed in the console', ruleRemovedInConsole, /alice@example\.com/],
  ['a rule that Terraform removed', ruleRemovedByTerraform, /network-pipeline\/apply-1482/],
  ['a rule that the controller removed', ruleRemovedByController, /AWS Load Balancer Controller/],
  [
    'a load balancer that fails open',
    ruleRemovedInConsole,
    /clients are being sent to unhealthy targets now: \d+ connections/,
  ],
  ['source ports that run out', snatPortsExhausted, /\d+ port allocation errors in 15 minutes/],
])('%s is shown in text, page, Slack and JSON', async (_name, scenario, what) => {
  const outputs = await shown(scenario);
  expect(forms.filter((form) => !what.test(outputs[form]))).toEqual([]);
});
