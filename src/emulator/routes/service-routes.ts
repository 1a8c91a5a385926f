import type { Ledger } from '../ledger.js';
import type { Project } from '../project-config.js';
import type { ServiceAnswer, ServiceRequest } from '../service-request.js';
import { answerEngage } from './engage.js';
import { answerGroups } from './groups.js';
import { answerIdentity } from './identity-endpoints.js';
import { answerImport } from './import.js';
import { answerTableDelete, answerTableList, answerTableReplace } from './lookup-tables.js';
import {
  ENGAGE,
  GROUPS,
  IDENTITY,
  IMPORT,
  TABLE,
  TABLE_LIST,
  TRACK,
} from './route-descriptions.js';
import type { RouteDescription } from './route-descriptions.js';
import { answerTrack } from './track.js';

type Answer = (ledger: Ledger, request: ServiceRequest) => ServiceAnswer;

const MAX_TABLE_BYTES = 100 * 1024 * 1024;

/** Known from a third party's descriptions only (E-2, L-5). */
const isSeedOpen = (project: Project): boolean => project.seedIdentityEndpoints;

/** One path of the service. */
export interface ServiceRoute {
  /** Without a trailing slash; `{name}` stands for one segment. */
  readonly path: string;
  readonly description: RouteDescription;
  readonly methods: Readonly<Record<string, Answer>>;
  /** Whether it exists in a project. @default always */
  readonly isOpen?: (project: Project) => boolean;
  /** Methods that exist only where the third party's endpoints do. @default none */
  readonly closedMethods?: readonly string[];
  /** Largest body, where it is not the project's. */
  readonly maxBodyBytes?: number;
}

/** Every path that the service answers on. */
export const SERVICE_ROUTES: readonly ServiceRoute[] = [
  { path: '/track', description: TRACK, methods: { GET: answerTrack, POST: answerTrack } },
  { path: '/import', description: IMPORT, methods: { GET: answerImport, POST: answerImport } },
  { path: '/engage', description: ENGAGE, methods: { GET: answerEngage, POST: answerEngage } },
  { path: '/groups', description: GROUPS, methods: { GET: answerGroups, POST: answerGroups } },
  { path: '/lookup-tables', description: TABLE_LIST, methods: { GET: answerTableList } },
  {
    path: '/lookup-tables/{id}',
    description: TABLE,
    methods: { PUT: answerTableReplace, DELETE: answerTableDelete },
    closedMethods: ['DELETE'],
    maxBodyBytes: MAX_TABLE_BYTES,
  },
  {
    path: '/identity/create',
    description: IDENTITY,
    methods: { POST: answerIdentity },
    isOpen: isSeedOpen,
  },
  {
    path: '/identity/create-alias',
    description: IDENTITY,
    methods: { POST: answerIdentity },
    isOpen: isSeedOpen,
  },
  {
    path: '/identity/merge',
    description: IDENTITY,
    methods: { POST: answerIdentity },
    isOpen: isSeedOpen,
  },
];

/** Methods that a route answers to in a project. */
export function openMethods(route: ServiceRoute, project: Project): readonly string[] {
  return Object.keys(route.methods).filter(
    (method) => isSeedOpen(project) || !route.closedMethods?.includes(method),
  );
}

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
