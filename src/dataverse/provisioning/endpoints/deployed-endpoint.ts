import type { DeployedRow } from '../deployed/deployed-state.js';

/** A row of `serviceendpoint` as it stands, and its steps. */
export interface DeployedEndpoint extends DeployedRow {
  readonly name: string;
  readonly steps: readonly DeployedStep[];
}

/** A row of `sdkmessageprocessingstep` as it stands. */
export interface DeployedStep extends DeployedRow {
  readonly name: string;
  /** The message's name, which is that of the custom API. */
  readonly message: string;
  /** The service endpoint, or plug-in type, it calls. */
  readonly handlerId: string;
}
