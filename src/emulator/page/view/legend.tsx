/** What the signs of the picture mean. */
export function Legend() {
  return (
    <span class="legend">
      <span class="glyph glyph-device" aria-hidden="true" /> device
      <span class="glyph glyph-user" aria-hidden="true" /> user
      <span class="glyph glyph-alias" aria-hidden="true" /> alias
      <span class="line-sign" aria-hidden="true" /> joined
      <span class="line-sign is-refused" aria-hidden="true" /> refused
    </span>
  );
}
