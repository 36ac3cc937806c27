/**
 * Texts for makers, as Microsoft asks for them: titles in title case, sentences that end with a period
 * (learn.microsoft.com, "Connector string guidance").
 */

/** The title of a field or parameter, from its name: `purchaseId` is "Purchase ID". */
export function titleOf(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').replace(/[-_]/g, ' ');
  return words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace(/\bId\b/g, 'ID');
}

/** The text without Markdown, which designers would show unformatted, and with a period at its end. */
export function sentence(text: string): string {
  const plain = text.replaceAll('`', '').trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
