import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Lab } from '../../../lab/lab.ts';

/** Records of a table's stream that no function has taken yet. */
export interface StreamRecords {
  take(): DynamoDBStreamEvent;
  isEmpty(): boolean;
}

/** Collects what the lab's table tells its stream from now on. */
export function collectStream(lab: Lab): StreamRecords {
  let records: DynamoDBStreamEvent['Records'] = [];
  lab.onStream((event) => void records.push(...(event as DynamoDBStreamEvent).Records));
  return {
    take() {
      const taken = records;
      records = [];
      return { Records: taken };
    },
    isEmpty: () => records.length === 0,
  };
}
