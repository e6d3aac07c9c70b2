import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ShopStack } from '../lib/shop-stack';

test('the stack holds an auditor with its functions and a table', () => {
  const template = Template.fromStack(
    new ShopStack(new cdk.App(), 'ShopStack', { env: { account: '111122223333', region: 'eu-west-1' } }),
  );
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'auditor.handler', Runtime: 'nodejs24.x' });
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'notifier.handler', Runtime: 'nodejs24.x' });
  template.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
});
