// One implementation for both kinds of modules: a class is the same class, however it was loaded.
import construct from './construct/index.js';

export const { loadConfig, NlbAuditor, NlbAuditorStack } = construct;
