import { explainShape } from '../explain-shape.ts';
import { answerShapes } from './answer-shapes.ts';
import { InvalidAnswer } from './read-error.ts';

/** Throws InvalidAnswer for an answer that lacks what every good answer to this IAM action has. */
export function believe(action: string, output: unknown): void {
  const checked = answerShapes[action]?.safeParse(output);
  if (checked === undefined || checked.success) return;
  throw new InvalidAnswer(`AWS answered ${action} with something else: ${explainShape(checked.error)}`);
}

/** The failure as an InvalidAnswer where the SDK could not read a good answer; its own message repeats parts of it. */
export function unreadable(action: string, error: unknown): InvalidAnswer | undefined {
  if (!(error instanceof Error) || '$fault' in error || !('$response' in error)) return undefined;
  return new InvalidAnswer(`AWS answered ${action} with something that the SDK cannot read (${error.name})`);
}
