/** What the roles grant for services that act on behalf of a function, or for what the recorded runs do not meet, and why. */
export const onBehalf: Record<
  'auditor' | 'notifier' | 'reconciler' | 'interactions' | 'trigger',
  Record<string, string>
> = {
  auditor: {
    'dynamodb:DeleteItem':
      'only lists too long for one item have parts that are removed: test/io/store/permissions.test.ts',
    'dynamodb:GetItem': 'only a write that another run overtook is read again: test/io/store/permissions.test.ts',
    'ec2:AssignPrivateIpAddresses': 'Lambda gives the function its network interfaces in the VPC',
    'ec2:CreateNetworkInterface': 'Lambda gives the function its network interfaces in the VPC',
    'ec2:DeleteNetworkInterface': 'Lambda gives the function its network interfaces in the VPC',
    'ec2:UnassignPrivateIpAddresses': 'Lambda gives the function its network interfaces in the VPC',
    'logs:CreateLogStream': 'Lambda writes the log',
    'logs:PutLogEvents': 'Lambda writes the log',
    'sqs:SendMessage': 'Lambda sends events that failed to the dead letters',
    'xray:PutTelemetryRecords': 'Lambda sends traces',
    'xray:PutTraceSegments': 'Lambda sends traces',
  },
  notifier: {
    'dynamodb:DescribeStream': 'Lambda polls the stream of the table',
    'dynamodb:GetRecords': 'Lambda polls the stream of the table',
    'dynamodb:GetShardIterator': 'Lambda polls the stream of the table',
    'dynamodb:ListStreams': 'Lambda polls the stream of the table',
    'kms:Decrypt': 'SNS encrypts messages with the key of the topic (SNS developer guide, "Key management")',
    'kms:GenerateDataKey': 'SNS encrypts messages with the key of the topic (SNS developer guide, "Key management")',
    'logs:CreateLogStream': 'Lambda writes the log',
    'logs:PutLogEvents': 'Lambda writes the log',
    's3:GetObject': 'people open reports by links that it signs',
    'sqs:SendMessage': 'Lambda sends events that failed to the dead letters',
    'xray:PutTelemetryRecords': 'Lambda sends traces',
    'xray:PutTraceSegments': 'Lambda sends traces',
  },
  interactions: {
    'logs:CreateLogStream': 'Lambda writes the log',
    'logs:PutLogEvents': 'Lambda writes the log',
    'xray:PutTelemetryRecords': 'Lambda sends traces',
    'xray:PutTraceSegments': 'Lambda sends traces',
  },
  reconciler: {
    'logs:CreateLogStream': 'Lambda writes the log',
    'logs:PutLogEvents': 'Lambda writes the log',
    'sqs:SendMessage': 'Lambda sends events that failed to the dead letters',
    'xray:PutTelemetryRecords': 'Lambda sends traces',
    'xray:PutTraceSegments': 'Lambda sends traces',
  },
  trigger: {
    'logs:CreateLogStream': 'Lambda writes the log',
    'logs:PutLogEvents': 'Lambda writes the log',
    'sqs:ChangeMessageVisibility': 'Lambda polls the queue',
    'sqs:DeleteMessage': 'Lambda polls the queue',
    'sqs:GetQueueAttributes': 'Lambda polls the queue',
    'sqs:GetQueueUrl': 'Lambda polls the queue',
    'sqs:ReceiveMessage': 'Lambda polls the queue',
    'xray:PutTelemetryRecords': 'Lambda sends traces',
    'xray:PutTraceSegments': 'Lambda sends traces',
  },
};
