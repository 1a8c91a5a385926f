import type { Socket } from 'node:net';

/**
 * Answers what is no readable HTTP: 414 where the head of a request is too long, which is a matter of the address nearly
 * always (T-42), 400 for anything else.
 */
export function refuseUnreadable(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [status, error] =
    cause.code === 'HPE_HEADER_OVERFLOW'
      ? [
          '414 URI Too Long',
          'The address or the headers are too long. Send the data in the body of a POST.',
        ]
      : ['400 Bad Request', 'This is not HTTP that can be read.'];
  const body = JSON.stringify({ error, status: 0 });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
