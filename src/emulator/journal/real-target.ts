import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Links that are followed one after another, as the system does. */
const MAX_LINK_COUNT = 40;

/**
 * The one path of a file to which several may lead, also of one that is not there yet and that a link points at.
 *
 * @throws Node's error when the folder is not there or the links go round in a circle.
 */
export function realTarget(file: string, linkCount = 0): string {
  const path = resolve(file);
  if (isLink(path) && linkCount < MAX_LINK_COUNT) {
    return realTarget(resolve(dirname(path), readlinkSync(path)), linkCount + 1);
  }
  return linkCount < MAX_LINK_COUNT
    ? join(realpathSync.native(dirname(path)), basename(path))
    : realpathSync.native(path);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
