import { App } from 'aws-cdk-lib';
import { UserError } from '../config/user-error.ts';
import { sayAside } from './say.ts';
import { addStacks } from './stacks.ts';

try {
  addStacks(new App());
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  sayAside(error.message);
  process.exitCode = 2;
}
