import { atWindowEvents, follow } from './follow.js';
import type { ConsentSource } from './source.js';

declare const OneTrust: { IsAlertBoxClosed(): boolean };
/** `',C0001,C0002,'` */
declare const OnetrustActiveGroups: string;

/**
 * OneTrust. An active group is granted, also where the rule for the visitor's region makes it active before he chooses;
 * another is refused once the banner is closed. `window.OneTrust` exists before it works: calling it tells.
 *
 * @param group The category id of the site's performance cookies.
 * @default 'C0002'
 */
export const oneTrust = (group = 'C0002'): ConsentSource =>
  follow(() => {
    const isClosed = OneTrust.IsAlertBoxClosed();
    return OnetrustActiveGroups.split(',').includes(group) || (isClosed ? false : undefined);
  }, atWindowEvents('OneTrustGroupsUpdated'));
