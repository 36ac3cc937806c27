import type { DeployedRow } from '../deployed/deployed-state.js';

/** A row of `serviceendpoint` as it is, and its steps. */
export interface DeployedEndpoint extends DeployedRow {
  readonly name: string;
  readonly steps: readonly DeployedStep[];
}

/** A row of `sdkmessageprocessingstep` as it is. */
export interface DeployedStep extends DeployedRow {
  readonly name: string;
  /** The message's name, which is also the custom API's. */
  readonly message: string;
  /** The service endpoint, or plug-in type, it calls. */
  readonly handlerId: string;
}
