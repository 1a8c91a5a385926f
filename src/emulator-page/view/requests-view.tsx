import type { ReceivedRequest } from '../../emulator/emulator-state.js';
import type { Session } from '../live/session.js';
import { byteSize, counted } from '../model/format.js';
import { VirtualList } from './virtual-list.js';

interface NumberedRequest {
  readonly number: number;
  readonly request: ReceivedRequest;
}

function RequestRow({ number, request }: NumberedRequest) {
  const query = new URLSearchParams(request.query).toString();
  const isFailure = request.status === 0 || request.status >= 400;
  return (
    <div class="request-row">
      <span class="quiet number">{number}</span>
      <span class={isFailure ? 'status is-alert' : 'status'}>{request.status || 'cut'}</span>
      <span>{request.method}</span>
      <span class="request-path" title={query ? `${request.path}?${query}` : request.path}>
        {request.path}
        {query && <span class="quiet">?{query}</span>}
      </span>
      <span class="quiet request-type" title={request.contentType}>
        {request.contentType}
      </span>
      <span class="number">{counted(request.records, 'record')}</span>
      <span class="number quiet">{byteSize(request.bytes)}</span>
    </div>
  );
}

/** Every request to the service's paths, the newest first. */
export function RequestsView({ session }: { session: Session }) {
  const requests = session.model.requests
    .map((request, index): NumberedRequest => ({
      number: session.model.forgottenRequestCount + index + 1,
      request,
    }))
    .reverse();
  return (
    <section class="view" aria-label="Requests">
      <VirtualList
        items={requests}
        rowHeight={30}
        label="Requests"
        keyOf={({ number }) => String(number)}
        empty="No request yet."
        renderRow={(entry) => <RequestRow {...entry} />}
      />
    </section>
  );
}
