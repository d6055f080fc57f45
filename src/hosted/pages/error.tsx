import type { Frame } from "../frame.ts";
import { Layout } from "./layout.tsx";

/** The page for what must not go back to a client. Some errors have a second line. */
export const ErrorPage = ({ frame, reason }: { readonly frame: Frame; readonly reason: string | undefined }) => (
  <Layout frame={frame} title={frame.texts.somethingWrong} isOnce>
    <h1>{frame.texts.somethingWrong}</h1>
    <p class="textDescription-customizable">{frame.texts.errorTitle}</p>
    {reason !== undefined && <p class="errorMessage-customizable">{reason}</p>}
  </Layout>
);
