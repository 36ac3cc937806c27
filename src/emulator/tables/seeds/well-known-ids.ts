/** Ids that are the same in every emulated organization. */
export const ORGANIZATION_ID = '33333333-0000-4000-8000-000000000001';
export const ROOT_BUSINESS_UNIT_ID = '22222222-0000-4000-8000-000000000001';

/** The same in every Dataverse environment: the root container, and the unmanaged layer. */
export const DEFAULT_SOLUTION_ID = 'fd140aaf-4df4-11dd-bd17-0019b9312238';
export const ACTIVE_SOLUTION_ID = 'fd140aae-4df4-11dd-bd17-0019b9312238';
