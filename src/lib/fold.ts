/**
 * Names that people take for the same must be the same. Source: Unicode Standard annex 15 (NFKC) and section 3.13 (case
 * folding), which repeated lower and upper casing comes close enough to for every letter that has both.
 */

/** Controls, format characters (zero width, direction marks), private use, unassigned, and every kind of space. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Z}]/u;

/** Whether a name holds characters that cannot be seen or that change how others are read. */
export const hasHiddenCharacters = (name: string): boolean => hidden.test(name.normalize("NFKC"));

/** The one form of all spellings of a name that differ in case, width or composition. */
export function foldCase(name: string): string {
  const folded = name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC");
  // A Turkish dotted I leaves a combining dot behind.
  return folded.replaceAll("i\u0307", "i");
}
