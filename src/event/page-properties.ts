/** The version of the client; `package.json` says the same. */
export const VERSION = '0.1.0';

/** What is read from the page for every event, at the time of the call; no layout is forced. */
export function readPageProperties(): Record<string, unknown> {
  const { referrer } = document;
  return {
    $current_url: location.href,
    ...(referrer && { $referrer: referrer, $referring_domain: referrer.split('/')[2] }),
    $screen_width: screen.width,
    $screen_height: screen.height,
    mp_lib: 'waymark',
    $lib_version: VERSION,
  };
}
