import { newestApiServer } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';
import { findApiServer, type Programs } from '../kubernetes/find-api-server.ts';

/** The newest Kubernetes that EKS runs, or that of `KUBEBUILDER_ASSETS`. */
export const findEngine = (): Engine<Programs> => findApiServer(newestApiServer, process.env['KUBEBUILDER_ASSETS']);
