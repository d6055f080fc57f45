/** What the licences of bundled packages ask for: that their texts come along. */
import { readdirSync, readFileSync } from "node:fs";

/** The notices of all packages that these files belong to. @throws when one of them does not say its licence */
export function noticesOf(files: readonly string[]): string {
  const folders = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const notices = [...new Set(folders)].toSorted().map(noticeOf);
  return `Packages that are part of the files beside this one.\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function noticeOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (text === undefined && license === undefined) throw new Error(`${name} is bundled, and does not say its licence.`);
  // Some packages name their licence without its text.
  const notice =
    text === undefined ? `${license}, by ${author?.name ?? author}` : readFileSync(`${folder}/${text}`, "utf8");
  return `${name} ${version}\n\n${notice.trim()}\n`;
}
