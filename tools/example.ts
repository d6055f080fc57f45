/** `npm run example`: serves the single-page example. */
import { run } from "./run.ts";

run(["examples/single-page/serve.ts"]);
