/**
 * The characters an attribute may have: no control characters, no noncharacters of the basic plane. The OpenAPI
 * document shows this pattern, so it uses only what regular expressions of all languages understand. Lone surrogates
 * were refused before.
 */
export const ATTRIBUTE_TEXT = '^[^\\u0000-\\u001F\\u007F-\\u009F\\uFDD0-\\uFDEF\\uFFFE\\uFFFF]*$';
