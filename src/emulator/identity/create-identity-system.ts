import type { Project } from '../project-config.js';
import type { IdentitySystem } from './identity-system.js';
import { createLegacy } from './legacy.js';
import { createOriginal } from './original.js';
import { createSimplified } from './simplified.js';

/** The system that the project is set to, knowing nobody yet. */
export function createIdentitySystem(project: Project): IdentitySystem {
  switch (project.system) {
    case 'simplified':
      return createSimplified();
    case 'original':
      return createOriginal(project);
    case 'legacy':
      return createLegacy();
  }
}
