import type { ComponentChildren } from 'preact';
import type { IdentitySystemName } from '../../emulator/emulator-state.js';
import { isSingle, type PersonGroup } from '../model/people-graph.js';
import { GroupDrawing, type GroupDrawingProps } from './person-group.js';
import { Some } from './some.js';
import { useFlip } from './use-flip.js';

/** What the picture of who is who needs. */
export interface PeoplePictureProps extends Omit<GroupDrawingProps, 'group' | 'system'> {
  readonly groups: readonly PersonGroup[];
  readonly system: IdentitySystemName;
}

/** Who is who as a picture that redraws as ids are joined: first those with more than one id, then ids that stand alone. */
export function PeoplePicture(props: PeoplePictureProps) {
  const { groups, ...drawing } = props;
  const container = useFlip(groups);
  const joined = groups.filter((group) => !isSingle(group));
  const single = groups.filter(isSingle);
  const draw = (group: PersonGroup) => <GroupDrawing key={group.key} group={group} {...drawing} />;
  const more = (button: ComponentChildren) => <li class="more">{button}</li>;
  return (
    <div class="picture" ref={container} style={{ '--gutter-half': `${drawing.gutter / 2}px` }}>
      {groups.length === 0 && (
        <p class="empty">Devices and users appear here with their first event.</p>
      )}
      {joined.length > 0 && (
        <ul class="groups" aria-label="Joined ids">
          <Some items={joined} render={draw} wrap={more} />
        </ul>
      )}
      {single.length > 0 && (
        <>
          <h3 class="eyebrow">Alone so far</h3>
          <ul class="groups is-single" aria-label="Ids that are joined with no other">
            <Some items={single} render={draw} wrap={more} />
          </ul>
        </>
      )}
    </div>
  );
}
