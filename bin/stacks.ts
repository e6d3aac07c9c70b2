import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadConfig } from '../config/config.ts';
import { NlbAuditorStack } from '../lib/nlb-auditor-stack.ts';

/**
 * Adds a stack for each Region of the configuration that the context names, and the rules that synthesis holds them to.
 * Throws a UserError where the configuration is wrong.
 */
export function addStacks(app: App): void {
  const config = loadConfig(app.node.tryGetContext('config') ?? 'auditor.config.json');
  const account = config.account ?? process.env['CDK_DEFAULT_ACCOUNT'];
  for (const region of new Set(config.vpcs.map((vpc) => vpc.region))) {
    new NlbAuditorStack(app, `${config.name}-${region}`, {
      config,
      region,
      env: { region, ...(account !== undefined && { account }) },
    });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
