/**
 * What the text of an attribute is made of: no control characters, no noncharacters of the basic plane. The document shows
 * it as it is applied, so it is written in what regular expressions of all languages know. Lone surrogates have been
 * refused before.
 */
export const ATTRIBUTE_TEXT = '^[^\\u0000-\\u001F\\u007F-\\u009F\\uFDD0-\\uFDEF\\uFFFE\\uFFFF]*$';
