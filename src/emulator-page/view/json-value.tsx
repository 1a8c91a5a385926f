/** A JSON value in reading form: strings in quotes, lists and objects indented. */
export function JsonValue({ value }: { value: unknown }) {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    return <code class="json-literal">{String(value)}</code>;
  }
  return <code class="json-text">{JSON.stringify(value, undefined, 2)}</code>;
}
