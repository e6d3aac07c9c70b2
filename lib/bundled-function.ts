import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { functionBundling } from './function-bundling.ts';

export interface BundledFunctionProps
  extends Pick<
    NodejsFunctionProps,
    'vpc' | 'vpcSubnets' | 'securityGroups' | 'ipv6AllowedForDualStack' | 'reservedConcurrentExecutions'
  > {
  /** File of `lambda/`, without its extension. */
  entry: 'auditor' | 'notifier' | 'interactions' | 'reconciler';
  description: string;
  role: iam.Role;
  logRetentionDays: number;
  memoryMb: number;
  timeout: Duration;
  /** Becomes the environment variable AUDITOR_SETTINGS. */
  settings: Record<string, unknown>;
}

/** A function of `lambda/` as one ES module with the AWS SDK, for nodejs24.x on arm64. */
export function bundledFunction(scope: Construct, id: string, props: BundledFunctionProps): NodejsFunction {
  const { entry, logRetentionDays, memoryMb, settings, ...rest } = props;
  const logGroup = new logs.LogGroup(scope, `${id}Log`, {
    retention: logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  logGroup.grantWrite(rest.role);
  return new NodejsFunction(scope, id, {
    ...rest,
    ...codeOf(entry),
    logGroup,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: memoryMb,
    environment: { AUDITOR_SETTINGS: Stack.of(scope).toJsonString(settings) },
    tracing: lambda.Tracing.ACTIVE,
    loggingFormat: lambda.LoggingFormat.JSON,
  });
}

/** In the package the bundle that lies beside this module, in a clone one made of the sources. */
function codeOf(entry: BundledFunctionProps['entry']): Partial<NodejsFunctionProps> {
  const bundle = fileURLToPath(new URL(`./lambda/${entry}`, import.meta.url));
  if (existsSync(bundle)) return { code: lambda.Code.fromAsset(bundle), handler: 'index.handler' };
  const projectRoot = fileURLToPath(new URL('..', import.meta.url));
  return {
    entry: `${projectRoot}lambda/${entry}.ts`,
    projectRoot,
    depsLockFilePath: `${projectRoot}package-lock.json`,
    bundling: {
      ...functionBundling,
      mainFields: [...functionBundling.mainFields],
      format: OutputFormat.ESM,
      bundleAwsSDK: true,
    },
  };
}
