import type { Ledger } from '../ledger.js';
import type { Project } from '../project-config.js';
import type { ServiceAnswer, ServiceRequest } from '../service-request.js';
import { answerTrack } from './track.js';

/** One path of the service. */
export interface ServiceRoute {
  /** Without a trailing slash; `{name}` stands for one segment. */
  readonly path: string;
  readonly methods: Readonly<
    Record<string, (ledger: Ledger, request: ServiceRequest) => ServiceAnswer>
  >;
  /** Whether it exists in a project. @default always */
  readonly isOpen?: (project: Project) => boolean;
  /** Largest body, where it is not the project's. */
  readonly maxBodyBytes?: number;
}

/** Every path that the service answers on. */
export const SERVICE_ROUTES: readonly ServiceRoute[] = [
  { path: '/track', methods: { GET: answerTrack, POST: answerTrack } },
];

/** The route of a path, without its trailing slash, in a project. */
export function findRoute(path: string, project: Project): ServiceRoute | null {
  return (
    SERVICE_ROUTES.find(
      (route) => matches(route.path, path) && (route.isOpen?.(project) ?? true),
    ) ?? null
  );
}

function matches(pattern: string, path: string): boolean {
  if (!pattern.includes('{')) {
    return pattern === path;
  }
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part === given[index] || (part.startsWith('{') && given[index]))
  );
}
