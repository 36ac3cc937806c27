/** What to do if something of ours came with a managed solution. */
export const MANAGED_ADVICE =
  'make the change where the solution is developed (`dataverse apply` or `dataverse export` there) and install its new ' +
  'version here';
