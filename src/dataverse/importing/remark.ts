/** What `import` says about one thing: why it cannot be imported, or what importing it causes. */
export interface Remark {
  /** A unique name, of the API or of one of its parameters. */
  readonly about: string;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
}
