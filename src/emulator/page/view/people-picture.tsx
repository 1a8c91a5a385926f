import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { IdentitySystemName } from '../../emulator-state.js';
import { count } from '../model/format.js';
import { isSingle, type PersonGroup } from '../model/people-graph.js';
import { GroupDrawing, type GroupDrawingProps } from './person-group.js';
import { useFlip } from './use-flip.js';

/** Groups drawn before the reader asks for more. */
const STEP_COUNT = 60;

/** What the picture of who is who needs. */
export interface PeoplePictureProps extends Omit<GroupDrawingProps, 'group' | 'system'> {
  readonly groups: readonly PersonGroup[];
  readonly system: IdentitySystemName;
}

/** A part of a long list, with a button for more. */
function Some<Item>({
  items,
  render,
}: {
  items: readonly Item[];
  render: (item: Item) => ComponentChildren;
}) {
  const [shownCount, setShownCount] = useState(STEP_COUNT);
  const restCount = items.length - shownCount;
  return (
    <>
      {items.slice(0, shownCount).map(render)}
      {restCount > 0 && (
        <li class="more">
          <button type="button" onClick={() => setShownCount(shownCount + STEP_COUNT)}>
            Show more ({count(restCount)} not drawn)
          </button>
        </li>
      )}
    </>
  );
}

/** Who is who as a picture that redraws as ids are joined: first those with more than one id, then ids that stand alone. */
export function PeoplePicture(props: PeoplePictureProps) {
  const { groups, ...drawing } = props;
  const container = useFlip(groups);
  const joined = groups.filter((group) => !isSingle(group));
  const single = groups.filter(isSingle);
  const draw = (group: PersonGroup) => <GroupDrawing key={group.key} group={group} {...drawing} />;
  return (
    <div class="picture" ref={container} style={{ '--gutter-half': `${drawing.gutter / 2}px` }}>
      {groups.length === 0 && (
        <p class="empty">Devices and users appear here with their first event.</p>
      )}
      {joined.length > 0 && (
        <ul class="groups" aria-label="Joined ids">
          <Some items={joined} render={draw} />
        </ul>
      )}
      {single.length > 0 && (
        <>
          <h3 class="eyebrow">Alone so far</h3>
          <ul class="groups is-single" aria-label="Ids that are joined with no other">
            <Some items={single} render={draw} />
          </ul>
        </>
      )}
    </div>
  );
}
