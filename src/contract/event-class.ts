/** A class whose properties bear field words. */
export type EventClass = new () => object;
