import { v4, v7 } from 'uuid';

/** A new device id: a UUID v4, which carries no time. */
export const newDeviceId = (): string => v4();

/** A new insert id: a UUID v7, so that the order of ids is the order of calls. */
export const newInsertId = (): string => v7();
