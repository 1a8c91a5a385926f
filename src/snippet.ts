import { attempt } from './attempt.js';
import { createReporter } from './console-reporter.js';
import { type TrackerOptions, isOption } from './options.js';
import type { GroupId } from './event/group-keys.js';
import type { Stub, StubCall } from './stub.js';
import { composeTracker } from './tracker.js';
import type { EventMap } from './tracker-api.js';

/**
 * The script-tag build: `<script async src="waymark.min.js" data-token="…" data-api-host="…">`. Options are the `data-`
 * attributes of the same names; the tracker is `window.waymark`.
 */

type Methods = Readonly<Record<string, unknown>>;

const page = window as { waymark?: Partial<Stub> };

/** Numbers and booleans are written as they are; everything else is text. */
function parseAttribute(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() && !Number.isNaN(Number(text)) ? Number(text) : text;
}

/** The time of a call that the stub kept, while it is replayed. */
let replayedMs: number | undefined;

/** Optimisers and consent tools put attributes of their own on script tags: these are named and left out. */
function readOptions(attributes: DOMStringMap): TrackerOptions {
  const logLevel = attributes['logLevel'] === 'silent' ? 'silent' : 'warn';
  const report = createReporter(undefined, logLevel, {});
  const options: Record<string, unknown> = {};
  for (const [name, text = ''] of Object.entries(attributes)) {
    if (isOption(name)) options[name] = parseAttribute(text);
    else report('unknown-attribute', name);
  }
  return options;
}

function start({ token = '', ...attributes }: DOMStringMap, stub: Partial<Stub> | undefined): void {
  const tracker = composeTracker<EventMap>(
    token,
    readOptions(attributes),
    () => replayedMs ?? Date.now(),
  );
  page.waymark = tracker as Partial<Stub>;
  const replay = (call: StubCall): void => {
    // What somebody else pushed may be anything.
    attempt(() => {
      const [path, args, calledMs, resolve, group] = call;
      replayedMs = calledMs;
      const target: unknown = group ? tracker.group(...(group as [string, GroupId])) : tracker;
      const method = path
        .split('.')
        .reduce((at, name) => (at as Methods | undefined)?.[name], target);
      resolve((method as ((...args: unknown[]) => unknown) | undefined)?.(...args));
    });
    replayedMs = undefined;
  };
  if (!stub?.q) return;
  (stub.q as StubCall[]).forEach(replay);
  // A page may still hold the stub.
  stub.q = { push: replay };
}

const { dataset } = document.currentScript ?? document.createElement('script');
start(dataset, page.waymark);
