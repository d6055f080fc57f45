/** The page that takes a browser to a provider by a form: some SAML providers take requests in no other way. */
import { createHash } from "node:crypto";
import { privateHeaders } from "./answers.ts";

const script = "document.forms[0].submit()";

const scriptHash = createHash("sha256").update(script).digest("base64");

/** Nothing but the one script. Where the form goes was checked when the provider's metadata was read. */
const contentSecurityPolicy = `default-src 'none'; script-src 'sha256-${scriptHash}'; base-uri 'none'; frame-ancestors 'none'`;

function ProviderForm({
  location,
  form,
}: {
  readonly location: string;
  readonly form: Readonly<Record<string, string>>;
}) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Sign in</title>
      </head>
      <body>
        <form method="post" action={location}>
          {Object.entries(form).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <noscript>
            <button type="submit">Continue</button>
          </noscript>
        </form>
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

/** Posts a form to a provider: at once where scripts run, else by a button. */
export function answerProviderForm(
  location: string,
  form: Readonly<Record<string, string>>,
  cookies: readonly string[],
): Response {
  const headers = new Headers({
    ...privateHeaders,
    "content-type": "text/html;charset=UTF-8",
    "content-security-policy": contentSecurityPolicy,
  });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(`<!doctype html>${ProviderForm({ location, form }).toString()}`, { headers });
}
