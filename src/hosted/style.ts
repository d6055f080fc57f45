import { createHash } from "node:crypto";

/**
 * The one style sheet of all pages. Everything that a pool or a theme may change is a custom property; light and dark
 * follow the system. The classes ending in `-customizable` are those that Cognito's classic pages let people style.
 */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --canvas: #f3f4f7; --card: #ffffff; --ink: #16181d; --quiet: #5b6270; --line: #d5d9e1; --edge: #868e9d;
  --accent: #2f54d1; --accent-ink: #ffffff; --accent-strong: #2443ad; --ring: #2f54d166;
  --bad: #a81e2c; --bad-canvas: #fdf1f2; --bad-line: #e9b9be; --good: #1b6e3c;
  --radius: 12px; --field: 46px;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0f1115; --card: #181b21; --ink: #eceef2; --quiet: #a0a8b6; --line: #333945; --edge: #6c7484;
    --accent: #7d9bff; --accent-ink: #0d1330; --accent-strong: #9db4ff; --ring: #7d9bff66;
    --bad: #ff9ca5; --bad-canvas: #2a171a; --bad-line: #5e2b31; --good: #7fd6a0;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--canvas); color: var(--body, var(--ink)); font: 16px/1.5 var(--font); -webkit-font-smoothing: antialiased;
}
.container {
  display: flex; flex: 1; flex-direction: column; justify-content: center; align-self: center;
  width: 100%; max-width: 440px; padding: 32px 16px;
}
.modal-content {
  background: var(--card); border: 1px solid var(--card-edge, transparent); border-radius: var(--card-radius, 20px); padding: 40px 36px 36px;
  box-shadow: 0 1px 2px #10182814, 0 12px 40px -12px #10182829;
}
.page-header, .page-footer { display: flex; padding: 12px 24px; } .page-header { background: var(--header, var(--card)); } .page-footer { background: var(--footer, var(--card)); }
.page-header .logo, .page-footer .logo { max-height: 48px; margin: 0; }
.graphic { display: block; max-width: 100%; max-height: 140px; margin: 0 auto 20px; }
.provider-icon { width: 20px; height: 20px; margin-inline-end: 10px; vertical-align: -4px; }
.mark { display: block; width: 44px; height: 44px; margin: 0 0 24px; }
.mark path { fill: var(--accent); } .mark .wave { fill: none; stroke: var(--accent-ink); stroke-width: 2.6; stroke-linecap: round; }
h1 { margin: 0 0 6px; color: var(--ink); font-size: 25px; line-height: 1.25; letter-spacing: -0.02em; font-weight: 650; text-wrap: balance; }
.textDescription-customizable { margin: 0 0 26px; color: var(--quiet); text-wrap: pretty; }
form { margin: 0; } h1 + form { margin: 22px 0 0; }
.label-customizable { display: block; margin: 0 0 18px; color: var(--label, inherit); font-size: 14px; font-weight: 560; }
.inputField-customizable {
  display: block; width: 100%; height: var(--field); margin: 6px 0 0; padding: 0 14px; border: 1px solid var(--edge);
  border-radius: var(--field-radius, var(--radius)); background: var(--field-canvas, var(--card)); color: var(--ink); font: 400 16px/1.5 var(--font);
  transition: border-color .12s, box-shadow .12s;
}
.inputField-customizable::placeholder { color: transparent; } .inputField-customizable[type=email]::placeholder { color: var(--quiet); opacity: 1; }
.inputField-customizable:hover { border-color: var(--quiet); }
.inputField-customizable:focus { outline: 0; border-color: var(--accent); box-shadow: 0 0 0 4px var(--ring); }
.submitButton-customizable {
  width: 100%; min-height: 48px; margin: 8px 0 0; padding: 11px 16px; border: 0; border-radius: var(--radius);
  overflow-wrap: anywhere; white-space: normal;
  background: var(--accent); color: var(--accent-ink); font: inherit; font-weight: 600; cursor: pointer;
  transition: background .12s; appearance: none;
}
.submitButton-customizable:hover { background: var(--accent-strong); }
.submitButton-customizable:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; border-radius: var(--radius); }
.errorMessage-customizable {
  margin: 0 0 22px; padding: 12px 14px; border: 1px solid var(--bad-line); border-radius: var(--radius);
  background: var(--bad-canvas); color: var(--bad); font-size: 15px; overflow-wrap: anywhere;
}
.notice { margin: 0 0 22px; padding: 12px 14px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--canvas); font-size: 15px; }
.logo { display: block; max-width: 100%; max-height: 120px; margin: 0 auto 24px; }
.aside { margin: 16px 0 0; text-align: center; }
.code-field { font: 600 20px/1 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; letter-spacing: .18em; }
.rules { margin: -6px 0 14px; color: var(--quiet); font-size: 13px; }
.rules p { margin: 0; } .rules ul { margin: 4px 0 0; padding: 0; list-style: none; }
.rules li { position: relative; padding-inline-start: 18px; } .rules li::before { content: "\\2022"; position: absolute; inset-inline-start: 4px; }
.passwordCheck-valid-customizable { color: var(--good); } .rules .passwordCheck-valid-customizable::before { content: "\\2713"; inset-inline-start: 0; }
.passwordCheck-notValid-customizable { color: var(--bad); } .rules .passwordCheck-notValid-customizable::before { content: "\\2715"; inset-inline-start: 0; }
.legalText-customizable { margin: 0 0 14px; }
.providers { margin: 22px 0 0; }
.or { display: flex; align-items: center; gap: 12px; margin: 0 0 16px; color: var(--quiet); font-size: 14px; }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.idpButton-customizable, .socialButton-customizable {
  display: block; width: 100%; margin: 0 0 12px; padding: 12px 16px; border: 1px solid var(--second-edge, var(--edge)); border-radius: var(--radius);
  background: var(--second, var(--card)); color: var(--second-ink, var(--ink)); font: inherit; font-weight: 560; text-align: center; text-decoration: none; cursor: pointer;
}
.idpButton-customizable:hover, .socialButton-customizable:hover { border-color: var(--quiet); background: var(--canvas); }
.idpButton-customizable:focus-visible, .socialButton-customizable:focus-visible, .link-button:focus-visible, .copy:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }
.providers .legalText-customizable { margin: 0 0 14px; color: var(--quiet); font-size: 13px; text-align: center; }
.idpDescription-customizable { margin: 18px 0 10px; }
.choices { margin: 20px 0 0; }
.resend { margin: 18px 0 0; text-align: center; } .resendIn { min-height: 20px; }
.link-button { border: 0; padding: 6px 8px; background: none; color: var(--accent); font: inherit; font-size: 14px; cursor: pointer; border-radius: var(--radius); }
.link-button:hover { text-decoration: underline; } .link-button:disabled { color: var(--quiet); cursor: default; text-decoration: none; }
.skip { display: block; margin: 10px auto 0; }
.qr { display: block; margin: 0 auto 16px; border-radius: var(--radius); background: #fff; }
.secret { margin: 0 0 20px; font-size: 14px; } .secret summary { cursor: pointer; color: var(--accent); }
.secret code { display: block; margin: 8px 0 0; padding: 10px 12px; border-radius: var(--radius); background: var(--canvas); overflow-wrap: anywhere; user-select: all; }
.recovery-codes { display: grid; grid-template-columns: repeat(auto-fit, minmax(158px, 1fr)); gap: 10px; margin: 0 0 24px; padding: 0; list-style: none; }
.recovery-codes code { display: block; padding: 10px 4px; border-radius: var(--radius); background: var(--canvas); font: 500 13px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; text-align: center; user-select: all; }
a.submitButton-customizable { display: flex; align-items: center; justify-content: center; text-decoration: none; }
.copy { border: 1px solid var(--edge); border-radius: var(--radius); padding: 6px 12px; background: var(--card); color: var(--ink); font: inherit; font-size: 14px; cursor: pointer; }
.row { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; }
.redirect-customizable { color: var(--link, var(--accent)); font-size: 14px; text-underline-offset: 3px; }
.foot { margin: 22px 0 0; text-align: center; color: var(--quiet); font-size: 14px; }
.hint { margin: 6px 0 0; color: var(--hint, var(--quiet)); font-size: 13px; }
.banner { margin: 20px 0 0; text-align: center; color: var(--quiet); font-size: 13px; }
.wide { max-width: 752px; } .visible-xs { display: none; }
@media (max-width: 991px) { .visible-md { display: none; } .visible-xs { display: block; } }
.message { padding: 20px 0; border-top: 1px solid var(--line); }
.message:first-of-type { border-top: 0; padding-top: 4px; }
.message p { margin: 4px 0 0; overflow-wrap: anywhere; }
.meta { color: var(--quiet); font-size: 14px; }
.code {
  display: inline-block; margin: 10px 0 0; padding: 8px 14px; border-radius: var(--radius); background: var(--canvas);
  font: 600 20px/1.3 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; user-select: all; overflow-wrap: anywhere;
}
a.code { color: var(--accent); font-size: 14px; font-weight: 500; } .hint.legalText-customizable { margin: 6px 0 14px; }
[hidden] { display: none !important; }
@media (max-width: 480px) {
  .container { justify-content: flex-start; padding: 16px 12px; }
  .modal-content { padding: 32px 22px 28px; border-radius: 16px; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { .submitButton-customizable { border: 1px solid; } }
`;

/** Where the style sheet is served: its name changes with its text, so that it may be kept for ever. */
export const stylePath = `/_poolhouse/style.${createHash("sha256").update(styleSheet).digest("hex").slice(0, 12)}.css`;

/**
 * What a page may load: our own styles, scripts and pictures, and nothing else; no text of a page is ever run. `form-action` is left out on purpose: browsers apply it to the
 * redirects after a post as well, and those lead to the client's own address.
 */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";
