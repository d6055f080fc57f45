/** The object that a text is the JSON of, or undefined for anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    // What is no JSON is no object either; the caller has a sentence for both.
    return undefined;
  }
}
