const SIGNS = [
  ['glyph glyph-device', 'device'],
  ['glyph glyph-user', 'user'],
  ['glyph glyph-alias', 'alias'],
  ['line-sign', 'joined'],
  ['line-sign is-refused', 'refused'],
] as const;

/** What the signs of the picture mean. */
export function Legend() {
  return (
    <ul class="legend">
      {SIGNS.map(([sign, name]) => (
        <li key={name}>
          <span class={sign} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}
