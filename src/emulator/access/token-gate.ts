import type { Project, Region } from '../project-config.js';
import { isSameSecret } from './secret-digest.js';

const HOSTS: Readonly<Record<Region, string>> = {
  us: 'api.mixpanel.com',
  eu: 'api-eu.mixpanel.com',
  in: 'api-in.mixpanel.com',
};

/** Characters of a token that a message repeats: real ones have 32. */
const MAX_SHOWN_COUNT = 100;

/** What a token opens. */
export type TokenVerdict = 'ours' | 'unknown' | 'wrong-region';

/** Tells the project's token from others. */
export interface TokenGate {
  /** Judges the token of a record. A project without a token takes the first one that comes for its own. */
  judge(token: string): TokenVerdict;
  /**
   * Whether a token, or its digest, may stand for the project in credentials. Credentials alone never make it the
   * project's own.
   */
  mayOpen(token: string): boolean;
  /** The project's token; `undefined` while none has come. */
  own(): string | undefined;
  /** What to do about a token that is not the project's. */
  explain(token: string): string;
}

/** The gate of a project. */
export function createTokenGate(
  project: Pick<Project, 'token' | 'otherRegionTokens' | 'region'>,
): TokenGate {
  let own = project.token;
  return {
    judge(token) {
      if (project.otherRegionTokens.includes(token)) {
        return 'wrong-region';
      }
      own ??= token;
      return token === own ? 'ours' : 'unknown';
    },
    mayOpen: (token) =>
      !project.otherRegionTokens.some((other) => isSameSecret(other, token)) &&
      (own === undefined || isSameSecret(own, token)),
    own: () => own,
    explain: (token) =>
      project.otherRegionTokens.includes(token)
        ? `The token "${shown(token)}" belongs to a project in another region than "${project.region}", which ${HOSTS[project.region]} serves: the service answers success and what was sent is gone. Send it to its own region's host.`
        : `The token "${shown(token)}" is not this project's ("${shown(own ?? '')}"): the service answers success and what was sent is gone. Use the project's token.`,
  };
}

function shown(token: string): string {
  return token.length > MAX_SHOWN_COUNT ? `${token.slice(0, MAX_SHOWN_COUNT)}…` : token;
}
