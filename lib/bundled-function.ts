import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  bundleAwsSDK: true,
  // CommonJS packages inside an ES module look for these three names.
  banner: [
    "import { createRequire as bannerRequire } from 'node:module';",
    "import { fileURLToPath as bannerPath } from 'node:url';",
    'const require = bannerRequire(import.meta.url);',
    'const __filename = bannerPath(import.meta.url);',
    "const __dirname = bannerPath(new URL('.', import.meta.url));",
  ].join(''),
};

export interface BundledFunctionProps extends Pick<NodejsFunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  /** File of `lambda/`, without its extension. */
  entry: 'auditor' | 'notifier';
  description: string;
  role: iam.Role;
  logRetentionDays: number;
  memoryMb: number;
  timeout: Duration;
  /** Becomes the environment variable AUDITOR_SETTINGS. */
  settings: Record<string, unknown>;
}

/** A function of `lambda/`, bundled with the AWS SDK into one ES module for nodejs24.x on arm64. */
export function bundledFunction(scope: Construct, id: string, props: BundledFunctionProps): NodejsFunction {
  const { entry, logRetentionDays, memoryMb, settings, ...rest } = props;
  const logGroup = new logs.LogGroup(scope, `${id}Log`, {
    retention: logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  logGroup.grantWrite(rest.role);
  return new NodejsFunction(scope, id, {
    ...rest,
    logGroup,
    entry: `${projectRoot}lambda/${entry}.ts`,
    projectRoot,
    depsLockFilePath: `${projectRoot}package-lock.json`,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: memoryMb,
    environment: { AUDITOR_SETTINGS: Stack.of(scope).toJsonString(settings) },
    tracing: lambda.Tracing.ACTIVE,
    loggingFormat: lambda.LoggingFormat.JSON,
    bundling,
  });
}
