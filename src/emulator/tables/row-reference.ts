/** A row by table and id. */
export type RowReference = readonly [logicalName: string, id: string];
