import type { Import } from './graph.ts';

/** The folders that follow the rules below. */
export const folders = ['bin', 'config', 'core', 'io', 'lab', 'lambda', 'lib'] as const;

/** Files that one folder may hold, catalogues apart: beyond that a folder says little about what is in it. */
export const mostFiles = 24;

/** Folders with one file for each entry of a catalogue. */
export const catalogues = /^(core\/checks\/|lab\/scenarios$)/;

interface Rule {
  name: string;
  from: RegExp;
  /** What may not be imported. */
  to: RegExp;
  except?: (found: Import) => boolean;
}

/** The rooms of core from the ground up: a room imports from its own floor and those below. */
const floors = [
  'model',
  'kubernetes|network|history',
  'controllers',
  'probes',
  'diagnosis',
  'lifecycle',
  'notification',
  'render',
];

const upward = floors.slice(0, -1).map((rooms, floor): Rule => {
  const above = floors.slice(floor + 1);
  return {
    name: `core/${rooms} imports nothing from above it`,
    from: new RegExp(`^core/(${rooms})/`),
    to: new RegExp(`^core/(${above.join('|')}${above.includes('diagnosis') ? '|checks' : ''})/`),
  };
});

/** A folder imports these folders of the project and no other. */
const only = (folder: string, allowed: readonly string[]): Rule => ({
  name: `${folder} imports no folder but ${[folder, ...allowed].join(', ')}`,
  from: new RegExp(`^${folder}/`),
  to: new RegExp(`^(?!${[folder, ...allowed].join('|')})(bin|config|core|io|lab|lambda|lib|scripts|test)/`),
});

/** Which import is forbidden; `docs/architecture.md` says why. */
export const rules: readonly Rule[] = [
  ...upward,
  {
    name: 'a check sees what a check is, the readers below and nothing that judges further',
    from: /^core\/checks\//,
    to: /^core\/(checks|diagnosis|lifecycle|notification|render|redaction)\//,
    except: ({ to }) => /^core\/diagnosis\/(check|affected-targets|drift|fix\/set-health-check|zones)\.ts$/.test(to),
  },
  { name: 'core imports core alone, no package and no module of Node.js', from: /^core\//, to: /^(?!core\/)/ },
  only('config', ['core']),
  only('io', ['config', 'core']),
  only('lib', ['config']),
  only('lambda', ['config', 'core', 'io']),
  only('lab', ['core']),
  {
    name: 'the lab imports types of core alone: it shares no code with what it tests',
    from: /^lab\//,
    to: /^core\//,
    except: ({ kind }) => kind === 'type',
  },
  {
    name: 'bin loads the lab when asked for it, and no tests and no scripts',
    from: /^bin\//,
    to: /^(lab|test|scripts)\//,
    except: ({ to, kind }) => to.startsWith('lab/') && kind !== 'value',
  },
];
