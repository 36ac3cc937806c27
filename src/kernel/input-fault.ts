/** One thing that is wrong with an input: where (RFC 6901 pointer) and what. Never holds a value of the input. */
export interface InputFault {
  readonly pointer: string;
  readonly detail: string;
}
