import type { Properties } from '../emulator-state.js';
import type { Geo } from '../project-config.js';

/** Whether coordinates were sent, which say more of a place than any address (G-1, P-4). */
export function hasCoordinates({ $latitude, $longitude }: Properties): boolean {
  return [$latitude, $longitude].every(
    (degrees) => degrees !== undefined && degrees !== null && Number.isFinite(Number(degrees)),
  );
}

/**
 * The location that the service would add to an event (G-1): what was sent wins, then coordinates, then the address in
 * `ip`, then that of the request where it may be used. The emulator knows one location, the project's.
 */
export function eventGeo(
  geo: Geo | undefined,
  properties: Properties,
  usesRequestAddress: boolean,
): Properties {
  const { ip, mp_country_code: country, $region, $city } = properties;
  const isSent = [country, $region, $city].some((value) => value !== undefined);
  const hasAddress = ip === undefined ? usesRequestAddress : ip !== 0 && ip !== '0' && ip !== '';
  if (geo === undefined || isSent || !(hasAddress || hasCoordinates(properties))) {
    return {};
  }
  return {
    ...(geo.country !== undefined && { mp_country_code: geo.country }),
    ...(geo.region !== undefined && { $region: geo.region }),
    ...(geo.city !== undefined && { $city: geo.city }),
  };
}
