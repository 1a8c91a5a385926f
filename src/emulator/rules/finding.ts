/** Something odd about a record, before it is known which one it is about. */
export interface Finding {
  /** Kebab-case, such as `text-cut`. */
  readonly code: string;
  /** What happened and what to change. */
  readonly message: string;
}
