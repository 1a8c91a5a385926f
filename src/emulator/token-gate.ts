import type { Project } from './project-config.js';

/** What a token opens. */
export type TokenVerdict = 'ours' | 'unknown' | 'wrong-region';

/** Tells the project's token from others. */
export interface TokenGate {
  /** A project without a token takes the first one that is tried for its own. */
  judge(token: string): TokenVerdict;
  /** The project's token, once there is one. */
  token(): string | null;
}

/** The gate of a project. */
export function createTokenGate(project: Pick<Project, 'token' | 'otherRegionTokens'>): TokenGate {
  let own = project.token;
  return {
    judge(token) {
      if (project.otherRegionTokens.includes(token)) {
        return 'wrong-region';
      }
      own ??= token;
      return token === own ? 'ours' : 'unknown';
    },
    token: () => own,
  };
}
