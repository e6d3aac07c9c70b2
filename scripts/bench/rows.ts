import type { Row } from './row.ts';
import { audit } from './rows/audit.ts';
import { bundles } from './rows/bundles.ts';
import { changes } from './rows/changes.ts';
import { diagnosis, oneCluster, rendering } from './rows/diagnosis.ts';
import { distributed } from './rows/distributed.ts';
import { flowLogs } from './rows/flow-logs.ts';
import { kubernetes } from './rows/kubernetes.ts';
import { metrics } from './rows/metrics.ts';
import { news } from './rows/news.ts';
import { page } from './rows/page.ts';
import { probes } from './rows/probes.ts';
import { redaction } from './rows/redaction.ts';
import { rotation, rotationOfLarge } from './rows/rotation.ts';
import { runbook } from './rows/runbook.ts';
import { simulate } from './rows/simulate.ts';
import { store } from './rows/store.ts';
import { trigger } from './rows/trigger.ts';

/** Every row, in the order of docs/benchmarks.md. A new one is a file in `rows/` and a word here. */
export const rows: Row[] = [
  diagnosis,
  oneCluster,
  rendering,
  page,
  audit,
  trigger,
  runbook,
  metrics,
  changes,
  flowLogs,
  rotation,
  rotationOfLarge,
  distributed,
  store,
  news,
  simulate,
  kubernetes,
  probes,
  redaction,
  bundles,
];
