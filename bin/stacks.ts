import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Config, loadConfig } from '../config/config.ts';
import { UserError } from '../config/user-error.ts';
import { NlbAuditorStack } from '../lib/nlb-auditor-stack.ts';

/**
 * Adds a stack for each Region of the configuration that the context names, and the rules that synthesis holds them to.
 * Throws a UserError where the configuration is wrong.
 */
export function addStacks(app: App): void {
  const config = loadConfig(app.node.tryGetContext('config') ?? 'auditor.config.json');
  const account = config.account ?? process.env['CDK_DEFAULT_ACCOUNT'];
  if (account === undefined) refuseLookup(config);
  for (const region of new Set(config.vpcs.map((vpc) => vpc.region))) {
    new NlbAuditorStack(app, `${config.name}-${region}`, {
      config,
      region,
      env: { region, ...(account !== undefined && { account }) },
    });
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/** Without an account it is not known where the subnets of a VPC are to be looked up. */
function refuseLookup({ vpcs }: Config): void {
  const at = vpcs.findIndex(({ subnetIds }) => subnetIds === undefined);
  if (at < 0) return;
  throw new UserError(
    `vpcs[${at}].subnetIds is missing, and without AWS credentials the subnets of ${vpcs[at]?.id} cannot be looked up; give subnetIds and availabilityZones, or sign in, for example with \`aws sso login\`.`,
  );
}
