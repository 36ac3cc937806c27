/** Why a credential was not taken; `detail` is read by its owner and holds nothing of it. */
export class Refusal {
  constructor(
    /** `invalid`: it proves nothing (401). `forbidden`: it proves who calls, and gives no right to (403). */
    readonly kind: 'invalid' | 'forbidden',
    readonly detail: string,
  ) {}
}
