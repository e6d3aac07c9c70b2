import type { Template } from '../../../scripts/release/template.ts';

/** A template with stand-ins for what moto cannot digest; deploy_stack.py says of each why. */
export function digestible(template: Template): Template {
  const Resources = Object.entries(template.Resources).map(([id, resource]) => {
    const { Type, Properties = {} } = resource;
    if (Type === 'AWS::CloudWatch::Dashboard')
      return [id, { ...resource, Properties: { ...Properties, DashboardBody: '{}' } }];
    if (Type === 'AWS::KMS::Key') {
      const { Tags: _, ...rest } = Properties;
      return [id, { ...resource, Properties: rest }];
    }
    if (Type !== 'AWS::DynamoDB::GlobalTable') return [id, resource];
    const kept = ['AttributeDefinitions', 'BillingMode', 'KeySchema', 'StreamSpecification', 'TimeToLiveSpecification'];
    const table = Object.fromEntries(Object.entries(Properties).filter(([name]) => kept.includes(name)));
    return [id, { ...resource, Type: 'AWS::DynamoDB::Table', Properties: table }];
  });
  return { ...template, Resources: Object.fromEntries(Resources) };
}
