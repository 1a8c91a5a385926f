/** Every parameter that a route reads, from the query or a form body (section 1.2). `openapi/` describes each. */
export type ParameterName =
  | 'verbose'
  | 'ip'
  | 'strict'
  | 'img'
  | 'callback'
  | 'redirect'
  | 'project_id'
  | 'api_key'
  | 'data';

/** Parameters as they were sent. */
export type SentParameters = Readonly<Partial<Record<ParameterName, string>>>;
