/** Why a credential was refused; its owner reads `detail`, which quotes nothing of it. */
export class Refusal {
  constructor(
    /** `invalid`: it proves nothing (401). `forbidden`: it proves who calls, and that caller has no right (403). */
    readonly kind: 'invalid' | 'forbidden',
    readonly detail: string,
  ) {}
}
