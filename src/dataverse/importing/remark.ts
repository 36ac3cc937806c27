/** What `import` tells about one thing: why it cannot be taken over, or what follows from taking it over. */
export interface Remark {
  /** A unique name, of the API or of one of its parameters. */
  readonly about: string;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
}
