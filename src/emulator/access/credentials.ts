import type { Project } from '../project-config.js';
import { isSameSecret } from './secret-digest.js';
import type { TokenGate } from './token-gate.js';

/** Whether a request may import, and if not what the service says (I-1, I-7). */
export type CredentialVerdict =
  | { readonly isValid: true; readonly warning: string | undefined }
  | {
      readonly isValid: false;
      /** What the service says, which is little. */
      readonly error: string;
      /** What it does not say. */
      readonly warning: string | undefined;
    };

/** What a request shows to prove who it is. */
export interface ShownCredentials {
  /** The `Authorization` header; empty when there was none. */
  readonly authorization: string;
  readonly projectId: string | undefined;
  /** The legacy `api_key` parameter. */
  readonly apiKey: string | undefined;
}

const VALID: CredentialVerdict = { isValid: true, warning: undefined };

/**
 * Judges credentials in each form that the service takes: a service account with its secret and a project id, the
 * project's token, its secret, an OAuth bearer, the legacy API key. The emulator knows no accounts: any service account,
 * bearer or key is taken, so long as its form is right.
 */
export function judgeCredentials(
  shown: ShownCredentials,
  project: Pick<Project, 'secret'>,
  tokens: TokenGate,
): CredentialVerdict {
  const [scheme = '', value = ''] = shown.authorization.trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case 'basic':
      return judgeBasic(value, shown.projectId, project, tokens);
    case 'bearer':
      return value === '' ? refused('Invalid credentials') : VALID;
    default:
      return shown.apiKey
        ? {
            isValid: true,
            warning:
              'api_key is a legacy credential. Use a service account, or the project token as the user name of basic authentication.',
          }
        : refused('Invalid credentials');
  }
}

/** The two parts of basic credentials, parted by the first colon; the second one may hold more. */
export function readBasic(value: string): { readonly user: string; readonly secret: string } {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1
    ? { user: decoded, secret: '' }
    : { user: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}

function judgeBasic(
  value: string,
  projectId: string | undefined,
  project: Pick<Project, 'secret'>,
  tokens: TokenGate,
): CredentialVerdict {
  const { user, secret } = readBasic(value);
  if (user === '') {
    return refused('Invalid credentials');
  }
  if (secret !== '') {
    return projectId
      ? VALID
      : refused(
          'Invalid service account credentials',
          'A service account was sent without its project_id in the query, so the request was refused. Add project_id.',
        );
  }
  if (project.secret !== undefined && isSameSecret(user, project.secret)) {
    return {
      isValid: true,
      warning:
        'The project secret is a deprecated credential that ends on 2027-03-03. Use a service account, or the project token as the user name.',
    };
  }
  return tokens.mayOpen(user) ? VALID : refused('Invalid credentials');
}

function refused(error: string, warning?: string): CredentialVerdict {
  return { isValid: false, error, warning };
}
