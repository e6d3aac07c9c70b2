import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Duration, IgnoreMode, RemovalPolicy, Stack } from 'aws-cdk-lib';
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
  entry: 'auditor' | 'notifier' | 'interactions' | 'reconciler' | 'trigger';
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
    // By its name: not every CDK that this works with has a constant for it.
    runtime: new lambda.Runtime('nodejs24.x', lambda.RuntimeFamily.NODEJS, { supportsInlineCode: true }),
    architecture: lambda.Architecture.ARM_64,
    memorySize: memoryMb,
    environment: { AUDITOR_SETTINGS: Stack.of(scope).toJsonString(settings) },
    tracing: lambda.Tracing.ACTIVE,
    loggingFormat: lambda.LoggingFormat.JSON,
  });
}

/** In the package the pieces that lie beside the construct, in a clone a bundle made of the sources. */
function codeOf(entry: BundledFunctionProps['entry']): Partial<NodejsFunctionProps> {
  const program = join(import.meta.dirname, '..', 'program');
  const listing = join(program, 'functions.json');
  if (existsSync(listing)) {
    const pieces: string[] = JSON.parse(readFileSync(listing, 'utf8'))[entry];
    const exclude = ['*', ...pieces.map((name) => `!${name}`)];
    const code = lambda.Code.fromAsset(program, { exclude, ignoreMode: IgnoreMode.GLOB });
    return { code, handler: `${entry}.handler` };
  }
  const projectRoot = join(import.meta.dirname, '..');
  return {
    entry: join(projectRoot, 'lambda', `${entry}.ts`),
    projectRoot,
    depsLockFilePath: join(projectRoot, 'package-lock.json'),
    bundling: {
      ...functionBundling,
      mainFields: [...functionBundling.mainFields],
      format: OutputFormat.ESM,
      bundleAwsSDK: true,
    },
  };
}
