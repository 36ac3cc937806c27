/** A many-to-many relationship: the rows of an intersect table are its pairs. */
export interface AssociationDefinition {
  /** Collection-valued navigation property, the same on both sides: `systemuserroles_association`. */
  readonly navigation: string;
  /** Logical name of the intersect table. */
  readonly intersect: string;
  readonly ends: readonly [AssociationEnd, AssociationEnd];
}

/** One side of a many-to-many relationship. */
export interface AssociationEnd {
  /** Logical name. */
  readonly table: string;
  /** The intersect table's column that holds its ids. */
  readonly column: string;
}
