import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { loadConfig } from '../config/config.ts';
import { UserError } from '../config/user-error.ts';
import { NlbAuditorStack } from '../lib/nlb-auditor-stack.ts';
import { sayAside } from './say.ts';

try {
  const app = new App();
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
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  sayAside(error.message);
  process.exitCode = 2;
}
