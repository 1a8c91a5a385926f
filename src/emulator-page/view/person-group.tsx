import { useRef } from 'preact/hooks';
import type { IdentitySystemName } from '../../emulator/emulator-state.js';
import { explainRefusal } from '../model/explanation.js';
import { boundGroup } from '../model/bound-group.js';
import { count, counted, shortId } from '../model/format.js';
import {
  layoutGroup,
  NODE_HEIGHT,
  type PlacedEdge,
  type PlacedNode,
} from '../model/group-layout.js';
import type { PersonGroup, Refusal } from '../model/people-graph.js';
import { Glyph } from './glyph.js';
import type { OnPerson } from './person-id.js';

/** What the drawing of one group needs. */
export interface GroupDrawingProps {
  readonly group: PersonGroup;
  readonly system: IdentitySystemName;
  /** Room for the lines between the two columns, in CSS pixels. */
  readonly gutter: number;
  readonly onPerson: OnPerson;
  readonly onEvent: (seq: number) => void;
}

/** Whether the number has grown since the last rendering. */
function useGrowth(value: number): boolean {
  const before = useRef(value);
  const hasGrown = value > before.current;
  before.current = value;
  return hasGrown;
}

function Node({ place, onPerson }: { place: PlacedNode; onPerson: OnPerson }) {
  const { node, side, y, isCanonical } = place;
  const isPulsing = useGrowth(node.eventCount);
  const title = `${node.id}\n${node.kind}, ${counted(node.eventCount, 'event')}`;
  return (
    <button
      type="button"
      class={`node node-${side}${isCanonical ? ' is-canonical' : ''}`}
      data-node={node.id}
      title={title}
      style={{ top: `${y - NODE_HEIGHT / 2}px` }}
      onClick={() => onPerson(node.id)}
    >
      <span key={node.eventCount} class={isPulsing ? 'pulse' : undefined}>
        <Glyph kind={node.kind} />
      </span>
      <span class="id-text">
        <span class="visually-hidden">{node.kind} </span>
        {shortId(node.id)}
      </span>
      <span class={node.eventCount > 0 ? 'node-count' : 'visually-hidden'}>
        {count(node.eventCount)}
        <span class="visually-hidden"> {node.eventCount === 1 ? 'event' : 'events'}</span>
      </span>
    </button>
  );
}

function Edge({ edge }: { edge: PlacedEdge }) {
  const { x, y } = edge.middle;
  return (
    <g class={edge.isRefused ? 'edge is-refused' : 'edge'} data-node={edge.key}>
      <path d={edge.path} />
      {edge.isRefused && (
        <>
          <circle cx={x} cy={y} r={7} />
          <path class="cross" d={`M${x - 3} ${y - 3}l6 6m0 -6l-6 6`} />
        </>
      )}
    </g>
  );
}

function RefusalNote({
  refusal,
  system,
  onEvent,
}: Pick<GroupDrawingProps, 'system' | 'onEvent'> & { refusal: Refusal }) {
  const { because, change } = explainRefusal(refusal.code, system);
  const last = refusal.seqs.at(-1);
  return (
    <p class="refusal">
      <span class="refusal-head">
        Refused: {shortId(refusal.from)} with {shortId(refusal.to)}
        {refusal.seqs.length > 1 && `, ${refusal.seqs.length} times`}.
      </span>{' '}
      {because} <strong>{change}</strong>{' '}
      {last !== undefined && (
        <button type="button" class="link" onClick={() => onEvent(last)}>
          See event #{last}
        </button>
      )}
    </p>
  );
}

/** One group drawn: devices on the left, users and aliases on the right, lines where they are one, broken lines where that was refused. */
export function GroupDrawing(props: GroupDrawingProps) {
  const { system, gutter, onPerson, onEvent } = props;
  const { group, hiddenCount } = boundGroup(props.group);
  const layout = layoutGroup(group, gutter);
  const persons = group.persons.map(({ canonical }) => shortId(canonical)).join(' and ');
  return (
    <li class="group" aria-label={persons}>
      <div class="drawing" style={{ height: `${layout.height}px` }}>
        <svg class="edges" width={gutter} height={layout.height} aria-hidden="true">
          {layout.edges.map((edge) => (
            <Edge key={edge.key} edge={edge} />
          ))}
        </svg>
        {layout.nodes.map((place) => (
          <Node key={place.node.id} place={place} onPerson={onPerson} />
        ))}
      </div>
      {hiddenCount > 0 && (
        <p class="quiet">
          {counted(hiddenCount, 'more id', 'more ids')} not drawn; the text has all.
        </p>
      )}
      {group.refusals.map((refusal) => (
        <RefusalNote
          key={`${refusal.from} ${refusal.to}`}
          refusal={refusal}
          system={system}
          onEvent={onEvent}
        />
      ))}
    </li>
  );
}
