import { oldestApiServer } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';
import { findApiServer, type Programs } from '../kubernetes/find-api-server.ts';

/** The oldest Kubernetes that EKS runs. */
export const findEngine = (): Engine<Programs> => findApiServer(oldestApiServer);
