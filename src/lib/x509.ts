/**
 * Loads what writes certificates when one is written: few houses ever do, and it takes longer than starting one. An
 * import at the top of a file would be at the top of the one file that the command is bundled into.
 */
export async function loadX509(): Promise<typeof import("@peculiar/x509")> {
  // The library insists on this one being there first.
  await import("reflect-metadata");
  return import("@peculiar/x509");
}
