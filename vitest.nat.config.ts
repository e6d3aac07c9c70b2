import base from './vitest.config.ts';
base.test.experimental = { viteModuleRunner: false, nodeLoader: false };
export default base;
