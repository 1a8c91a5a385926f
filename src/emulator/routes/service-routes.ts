import type { Ledger } from '../store/ledger.js';
import type { Operation } from '../openapi/operation.js';
import {
  ENGAGE,
  ENGAGE_BY_QUERY,
  GROUPS,
  GROUPS_BY_QUERY,
  IDENTITY_ALIAS,
  IDENTITY_CREATE,
  IDENTITY_MERGE,
  IMPORT,
  IMPORT_BY_QUERY,
  TABLE_DELETE,
  TABLE_LIST,
  TABLE_REPLACE,
  TRACK,
  TRACK_BY_QUERY,
} from '../openapi/operations.js';
import type { Project } from '../project-config.js';
import type { ServiceAnswer, ServiceRequest } from '../body/service-request.js';
import { answerEngage } from './engage.js';
import { answerGroups } from './groups.js';
import { answerIdentity } from './identity-endpoints.js';
import { answerImport } from './import.js';
import { answerTableDelete, answerTableList, answerTableReplace } from './lookup-tables.js';
import { answerTrack } from './track.js';

/** What answers to a method, and what is said of it. */
export interface ServedMethod {
  readonly answer: (ledger: Ledger, request: ServiceRequest) => ServiceAnswer;
  readonly operation: Operation;
}

const MAX_TABLE_BYTES = 100 * 1024 * 1024;

/** Known from a third party's descriptions only (E-2, L-5). */
const isSeedOpen = (project: Project): boolean => project.seedIdentityEndpoints;

/** One path of the service. */
export interface ServiceRoute {
  /** Without a trailing slash; `{name}` stands for one segment. */
  readonly path: string;
  readonly methods: Readonly<Record<string, ServedMethod>>;
  /** Whether it exists in a project. @default always */
  readonly isOpen?: (project: Project) => boolean;
  /** Methods that exist only where the third party's endpoints do. @default none */
  readonly closedMethods?: readonly string[];
  /** Largest body, where it is not the project's. */
  readonly maxBodyBytes?: number;
}

/** Every path that the service answers on. */
export const SERVICE_ROUTES: readonly ServiceRoute[] = [
  { path: '/track', methods: getOrPost(answerTrack, TRACK_BY_QUERY, TRACK) },
  { path: '/import', methods: getOrPost(answerImport, IMPORT_BY_QUERY, IMPORT) },
  { path: '/engage', methods: getOrPost(answerEngage, ENGAGE_BY_QUERY, ENGAGE) },
  { path: '/groups', methods: getOrPost(answerGroups, GROUPS_BY_QUERY, GROUPS) },
  {
    path: '/lookup-tables',
    methods: { GET: { answer: answerTableList, operation: TABLE_LIST } },
  },
  {
    path: '/lookup-tables/{lookupTableId}',
    methods: {
      PUT: { answer: answerTableReplace, operation: TABLE_REPLACE },
      DELETE: { answer: answerTableDelete, operation: TABLE_DELETE },
    },
    closedMethods: ['DELETE'],
    maxBodyBytes: MAX_TABLE_BYTES,
  },
  {
    path: '/identity/create',
    methods: { POST: { answer: answerIdentity, operation: IDENTITY_CREATE } },
    isOpen: isSeedOpen,
  },
  {
    path: '/identity/create-alias',
    methods: { POST: { answer: answerIdentity, operation: IDENTITY_ALIAS } },
    isOpen: isSeedOpen,
  },
  {
    path: '/identity/merge',
    methods: { POST: { answer: answerIdentity, operation: IDENTITY_MERGE } },
    isOpen: isSeedOpen,
  },
];

function getOrPost(
  answer: ServedMethod['answer'],
  get: Operation,
  post: Operation,
): ServiceRoute['methods'] {
  return { GET: { answer, operation: get }, POST: { answer, operation: post } };
}

/** Methods that a route answers to in a project. */
export function openMethods(route: ServiceRoute, project: Project): readonly string[] {
  return Object.keys(route.methods).filter(
    (method) => isSeedOpen(project) || !route.closedMethods?.includes(method),
  );
}

/** The route of a path, without its trailing slash, in a project. */
export function findRoute(path: string, project: Project): ServiceRoute | undefined {
  return SERVICE_ROUTES.find(
    (route) => matches(route.path, path) && (route.isOpen?.(project) ?? true),
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
