import type { Project } from './project-config.js';

/** What a token opens. */
export type TokenVerdict = 'ours' | 'unknown' | 'wrong-region';

/** Tells the project's token from others. */
export interface TokenGate {
  /** A project without a token takes the first one that is tried for its own. */
  judge(token: string): TokenVerdict;
  /** What to do about a token that is not the project's. */
  explain(token: string): string;
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
    explain: (token) =>
      project.otherRegionTokens.includes(token)
        ? `The token "${token}" belongs to a project in another region: the service answers success and what was sent is gone. Send it to that region's host.`
        : `The token "${token}" is not this project's ("${own}"): the service answers success and what was sent is gone. Use the project's token.`,
  };
}
