import manifest from '../package.json' with { type: 'json' };

/** The version of the package that this program comes with. */
export const { version } = manifest;
