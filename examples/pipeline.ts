import { App, Stack, Stage } from 'aws-cdk-lib';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { loadConfig, NlbAuditorStack } from 'eks-nlb-auditor';

const app = new App();
const stack = new Stack(app, 'nlb-auditor-pipeline', { env: { account: '111122223333', region: 'eu-west-1' } });
const connectionArn = 'arn:aws:codeconnections:eu-west-1:111122223333:connection/5d1c7a0e-8f2b-4c39-a6e4-93b07d2f81c5';
const pipeline = new CodePipeline(stack, 'Pipeline', {
  crossAccountKeys: true,
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('acme/nlb-auditor', 'main', { connectionArn }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});

// The members publish to the topic of the centre, so the centre comes first.
for (const accounts of [['organization-central'], ['organization-member']]) {
  const wave = pipeline.addWave(accounts.join('-'));
  for (const name of accounts) {
    const config = loadConfig(`${name}.json`);
    const stage = new Stage(app, name);
    for (const region of new Set(config.vpcs.map((vpc) => vpc.region))) {
      const env = { region, ...(config.account !== undefined && { account: config.account }) };
      new NlbAuditorStack(stage, region, { config, region, env, stackName: `${config.name}-${region}` });
    }
    wave.addStage(stage);
  }
}
