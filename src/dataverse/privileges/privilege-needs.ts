/**
 * The privileges of the gateway's identities. It is documented that sending needs an enabled user with at least one
 * role, and the privilege that a custom API names in `executeprivilegename`, if any; and that reading, writing,
 * creating and deleting rows needs `prv<Read|Write|Create|Delete><SchemaName>`. The list of tables is inferred from
 * what is read and written here.
 */
export const PRIVILEGE_NEEDS = {
  /**
   * What a running gateway and `verify` read to see whether the deployed custom APIs fit, and `check` to tell what a
   * user may do.
   */
  verify: [
    'prvReadCustomAPI',
    'prvReadCustomAPIRequestParameter',
    'prvReadCustomAPIResponseProperty',
    'prvReadCatalog',
    'prvReadCatalogAssignment',
    'prvReadSdkMessage',
    'prvReadSdkMessageProcessingStep',
    'prvReadCallbackRegistration',
    'prvReadPublisher',
    'prvReadSolution',
    'prvReadUser',
  ],
  /**
   * What `endpoints`, `discover`, `--endpoints` and `--receiver` read besides. Apart, because it shows more than events
   * need: addresses of endpoints, which may carry keys; the system jobs of everybody, which hold what was carried; the
   * definitions of everybody's flows. Keys and secrets in columns of their own are never given back.
   */
  diagnose: [
    'prvReadServiceEndpoint',
    'prvReadAsyncOperation',
    'prvReadWorkflow',
    'prvReadSdkMessageFilter',
    'prvReadEntity',
  ],
  /**
   * What `apply` writes, with and without `--endpoints`, and what it reads besides. System Customizer has all of it.
   */
  provision: [
    ...['CustomAPI', 'CustomAPIRequestParameter', 'Catalog', 'CatalogAssignment'].flatMap(written),
    ...['ServiceEndpoint', 'SdkMessageProcessingStep'].flatMap(written),
    'prvDeleteCustomAPIResponseProperty',
    'prvReadPublisher',
    'prvReadSolution',
    'prvReadSdkMessage',
    'prvReadWorkflow',
    'prvReadAsyncOperation',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

function written(table: string): readonly string[] {
  return ['Create', 'Read', 'Write', 'Delete'].map((right) => `prv${right}${table}`);
}
