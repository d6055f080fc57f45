/** The frame of every page: one card, our mark, the style sheet, and a quiet line that tells development from the real thing. */
import type { Child } from "hono/jsx";
import { stylePath } from "../style.ts";
import { english } from "../texts.ts";

export interface LayoutProps {
  readonly title: string;
  readonly isDevelopment: boolean;
  readonly isWide?: boolean;
  /** Seconds after which the page loads itself again. */
  readonly refreshSeconds?: number;
  readonly children?: Child;
}

/** A whole page. */
export const Layout = ({ title, isDevelopment, isWide, refreshSeconds, children }: LayoutProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      {refreshSeconds !== undefined && <meta http-equiv="refresh" content={String(refreshSeconds)} />}
      <link rel="stylesheet" href={stylePath} />
      <link rel="icon" href="data:," />
    </head>
    <body class="background-customizable">
      <main class={isWide ? "wide" : undefined}>
        <div class="card">
          <Mark />
          {children}
        </div>
        {isDevelopment && <p class="banner">{english.developmentBanner}</p>}
      </main>
    </body>
  </html>
);

const Mark = () => (
  <svg class="mark logo-customizable" viewBox="0 0 44 44" aria-hidden="true">
    <path d="M22 2 42 17v21a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V17z" />
    <path
      class="wave"
      d="M9 25c3.2-3 6.6-3 9.8 0s6.6 3 9.8 0 6.6-3 9.4 0M9 33c3.2-3 6.6-3 9.8 0s6.6 3 9.8 0 6.6-3 9.4 0"
    />
  </svg>
);

/** The box that says why something was refused. Screen readers read it out. */
export const ErrorBox = ({ message, id }: { readonly message: string | undefined; readonly id: string }) =>
  message === undefined ? null : (
    <p id={id} class="errorMessage-customizable" role="alert">
      {message}
    </p>
  );

/** A page as text. */
export const renderPage = (page: { toString(): string }): string => `<!doctype html>${page.toString()}`;
