import { expect, test } from 'vitest';
import { NlbAuditor, NlbAuditorStack } from '../../index.ts';
import { VpcAuditor } from '../../lib/vpc-auditor.ts';
import { renderApiPage } from '../../scripts/docs/api-page.ts';
import { declarationOf } from '../../scripts/docs/declarations.ts';

const page = renderApiPage();

test('the page has each method of the construct and none that is private', () => {
  const shown = [...page.matchAll(/^- `(\w+)\(/gm)].map(([, name]) => name);
  const methods = [NlbAuditor, NlbAuditorStack, VpcAuditor].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype),
  );
  expect(shown).toEqual(expect.arrayContaining(['grantReadFindings', 'grantInvoke', 'metric', 'metricUnhealthy']));
  expect(methods).toEqual(expect.arrayContaining(shown));
  expect(page).not.toMatch(/distribution\(|addOutputs|importVpc|deployment/);
});

test('each thing that is exported and each field and method of it says what it is', () => {
  const undocumented = [
    ['lib/nlb-auditor.ts', 'NlbAuditor'],
    ['lib/nlb-auditor.ts', 'NlbAuditorProps'],
    ['lib/nlb-auditor-stack.ts', 'NlbAuditorStack'],
    ['lib/nlb-auditor-stack.ts', 'NlbAuditorStackProps'],
    ['lib/audited-vpc.ts', 'AuditedVpc'],
    ['lib/vpc-auditor.ts', 'VpcAuditor'],
  ].flatMap(([path = '', name = '']) => {
    const { doc, properties, methods } = declarationOf(path, name);
    const members = [...properties, ...methods].filter((member) => member.doc === '');
    return [...(doc === '' ? [name] : []), ...members.map((member) => `${name}.${member.name}`)];
  });
  expect(undocumented).toEqual([]);
});

test('a field of the construct has its type, its default and what it inherits from the configuration', () => {
  expect(page).toContain('| `vpcs` | `readonly AuditedVpc[]` | required | The VPCs of this Region;');
  expect(page).toContain('| `schedule` | `string` | "rate(5 minutes)" | How often each VPC is audited. |');
  expect(page).toContain('| `subnets` | `ec2.SubnetSelection` | the private subnets |');
});
