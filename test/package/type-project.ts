import { ENTRIES, specifierOf } from '../../scripts/entries.mjs';
import type { Project } from './project.js';

/** How a project's compiler looks for packages. */
export type Resolution = 'node10' | 'node16' | 'bundler';

/** A page that is only right when the declarations were found, and say what they should. */
const PAGE = `
import { createTracker, type Tracker, type TrackerOptions, type ErrorCode } from 'waymark';

type Events = { 'Sign Up': { plan: 'free' | 'pro' }; 'Signed Out': undefined };
const options: TrackerOptions = {
  apiHost: '/mp',
  beforeSend: (draft) => (draft.event === 'Secret' ? null : draft),
  onError: ({ code, detail }) => void ([code, detail] as [ErrorCode, string]),
};
export const tracker: Tracker<Events> = createTracker<Events>('PROJECT_TOKEN', options);
tracker.track('Sign Up', { plan: 'pro' });
tracker.track('Signed Out');
tracker.people.set({ plan: 'pro' });
tracker.group('company', 'acme').set('plan', 'pro');
export const kept: Promise<number> = tracker.flush().then((result) => result.kept);
// @ts-expect-error -- no plan of that name: were the tracker of any type, this would be no error
tracker.track('Sign Up', { plan: 'gold' });
// @ts-expect-error -- no option of that name
createTracker('PROJECT_TOKEN', { api_host: '/mp' });
`;

/** Every entry for pages, by all that it exports. */
const EVERY_ENTRY = ENTRIES.filter(({ kind }) => kind === 'client')
  .map((entry, index) => {
    const specifier = specifierOf(entry);
    return `
import * as entry${index} from '${specifier}';
// @ts-expect-error -- were the module of any type, this would be no error
export const nothing${index} = entry${index}.noSuchExport;`;
  })
  .join('');

/** A test of somebody's integration, in a project that has no types of Node. */
const TEST = `
import { startEmulator, type Emulator, type StoredEvent } from 'waymark/emulator';

export async function names(): Promise<string[]> {
  const emulator: Emulator = await startEmulator({ project: { system: 'original' } });
  const events: readonly StoredEvent[] = await emulator.waitForEvents(1);
  await emulator.close();
  return events.map((event) => event.event);
}
// @ts-expect-error -- no system of that name
void startEmulator({ project: { system: 'modern' } });
`;

/** The same where a CommonJS module reaches an ES module. */
const COMMONJS_TEST = `
export async function url(): Promise<string> {
  const { startEmulator } = await import('waymark/emulator');
  const emulator = await startEmulator();
  return emulator.url;
}
`;

const SOURCES: Readonly<Record<Resolution, Readonly<Record<string, string>>>> = {
  node10: { 'page.ts': PAGE, 'entries.ts': EVERY_ENTRY, 'integration.ts': TEST },
  bundler: { 'page.ts': PAGE, 'entries.ts': EVERY_ENTRY, 'integration.ts': TEST },
  node16: {
    'page.mts': PAGE,
    'entries.mts': EVERY_ENTRY,
    'integration.mts': TEST,
    'page.cts': PAGE,
    'entries.cts': EVERY_ENTRY,
    'integration.cts': COMMONJS_TEST,
  },
};

const MODULES: Readonly<Record<Resolution, string>> = {
  node10: 'commonjs',
  node16: 'node16',
  bundler: 'esnext',
};

/** The ways to look for packages that a version of the compiler has. */
export const resolutionsOf = (majorVersion: number): readonly Resolution[] =>
  majorVersion < 7 ? ['node10', 'node16', 'bundler'] : ['node16', 'bundler'];

/**
 * Writes a project that looks for packages in one way, as strict as can be and with declarations checked.
 *
 * @returns The path of its tsconfig.
 */
export async function writeTypeProject(
  project: Project,
  resolution: Resolution,
  majorVersion: number,
): Promise<string> {
  const folder = `${resolution}-${majorVersion}`;
  const compilerOptions = {
    target: 'es2020',
    lib: ['es2020', 'dom'],
    types: [],
    module: MODULES[resolution],
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    // The old way still works in TypeScript 6, and is to be asked for.
    ...(resolution === 'node10' && majorVersion === 6 && { ignoreDeprecations: '6.0' }),
  };
  const tsconfig = `${folder}/tsconfig.json`;
  await project.write({
    [tsconfig]: JSON.stringify({ compilerOptions, include: ['.'] }),
    ...Object.fromEntries(
      Object.entries(SOURCES[resolution]).map(([name, text]) => [`${folder}/${name}`, text]),
    ),
  });
  return tsconfig;
}
