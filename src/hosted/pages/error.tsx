import { english } from "../texts.ts";
import { Layout } from "./layout.tsx";

/** The page for what must not go back to a client. Some errors have a second line. */
export const ErrorPage = ({
  reason,
  isDevelopment,
}: {
  readonly reason: string | undefined;
  readonly isDevelopment: boolean;
}) => (
  <Layout title={english.somethingWrong} isDevelopment={isDevelopment}>
    <h1>{english.somethingWrong}</h1>
    <p class="textDescription-customizable">{english.errorTitle}</p>
    {reason !== undefined && <p class="errorMessage-customizable">{reason}</p>}
  </Layout>
);
