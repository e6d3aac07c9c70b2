/** A resource as it stands in a template. */
export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties have the shape that their type wants
  Properties: any;
}

/** One alarm on its path to people, and the actions on that path that CloudWatch is not allowed. */
export interface AlarmWalk {
  alarm: string;
  missing: string[];
}

/** Follows every action of every alarm: alarm, topic, policy of the topic, key of the topic, policy of the key. */
export function alarmWalks(template: { toJSON(): { Resources?: Record<string, Resource> } }): AlarmWalk[] {
  const { Resources = {} } = template.toJSON();
  const all = Object.entries(Resources);
  const alarms = all.filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm');
  return alarms.flatMap(([alarm, { Properties }]) => {
    const topics: { Ref: string }[] = Properties.AlarmActions ?? [];
    if (topics.length === 0) return [{ alarm, missing: ['an action'] }];
    return topics.map(({ Ref }) => ({ alarm, missing: missingOn(Ref, Resources) }));
  });
}

function missingOn(topic: string, resources: Record<string, Resource>): string[] {
  const keyId: string = resources[topic]?.Properties.KmsMasterKeyId?.['Fn::GetAtt']?.[0] ?? '';
  const onTopic = Object.values(resources)
    .filter(({ Type, Properties }) => Type === 'AWS::SNS::TopicPolicy' && Properties.Topics.some(isOf(topic)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const onKey = resources[keyId]?.Properties.KeyPolicy.Statement ?? [];
  const publish = granted(onTopic.filter(({ Resource }: Statement) => isOf(topic)(Resource)));
  const encrypt = granted(onKey);
  return [
    ...['sns:Publish'].filter((action) => !publish.includes(action)),
    ...['kms:Decrypt', 'kms:GenerateDataKey*'].filter((action) => !encrypt.includes(action)),
  ];
}

interface Statement {
  Effect: string;
  Principal: { Service?: string };
  Action: string | string[];
  Resource: { Ref?: string };
  Condition?: { StringEquals?: Record<string, string> };
}

const isOf =
  (topic: string) =>
  ({ Ref }: { Ref?: string }): boolean =>
    Ref === topic;

/** What CloudWatch may do for alarms of this account and no other. */
const granted = (statements: Statement[]): string[] =>
  statements
    .filter(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' &&
        Principal.Service === 'cloudwatch.amazonaws.com' &&
        Condition?.StringEquals?.['aws:SourceAccount'] === '111122223333',
    )
    .flatMap(({ Action }) => Action);
