#!/usr/bin/env node
import * as cdk from 'aws-cdk-lib';
import { ShopStack } from '../lib/shop-stack';

new ShopStack(new cdk.App(), 'ShopStack', { env: { account: '111122223333', region: 'eu-west-1' } });
