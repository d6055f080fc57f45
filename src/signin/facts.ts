/** Gathers what `nextStep` looks at. */
import type { App } from "../app.ts";
import { hidesUsers } from "../clients/client.ts";
import type { ChallengeNameType } from "../contract/types.gen.ts";
import { tracksDevices } from "../devices/device.ts";
import { findDevice } from "../devices/store.ts";
import { activeFactors, type Factors, firstFactors, isReady, noFactors } from "../factors/factors.ts";
import { passkeyLimit } from "../factors/passkey.ts";
import { findFactors, listPasskeys } from "../factors/store.ts";
import { findPassword } from "../passwords/store.ts";
import { mfaFactorsOf } from "../pools/mfa.ts";
import type { Holder } from "../pools/nobody.ts";
import type { Pool } from "../pools/pool.ts";
import type { Sitting } from "./attempt.ts";
import { holderOf } from "./holder.ts";
import type { CustomDecision, DeviceFacts, Facts, FirstFactorFacts, SecondFactorFacts } from "./next-step.ts";
import { stepUpFactor } from "./step-up.ts";
import { riskFact } from "./watch.ts";

/** What is known of an attempt. What is looked for of a user is looked for of nobody too: time must not tell. */
export async function factsOf(app: App, sitting: Sitting, custom?: CustomDecision): Promise<Facts> {
  const { pool, client, user, state } = sitting;
  const holder = await holderOf(app, sitting);
  const factors = needsFactors(pool, state.flow) ? await findFactors(app.db, holder) : noFactors;
  const second = secondFactorFacts(sitting, factors);
  return {
    flow: state.flow,
    proved: state.proved,
    chosen: state.chosen,
    user,
    tellsUsers: !hidesUsers(client) && !state.isNameless,
    first: await firstFactorFacts(app, sitting, { second, holder }),
    second,
    device: await deviceFacts(app, sitting, holder),
    custom,
    risk: riskFact(state.risk, second),
  };
}

/** Most pools ask for nothing beside the password: their sign-ins need not look. */
const needsFactors = (pool: Pool, flow: Facts["flow"]): boolean =>
  pool.settings.MfaConfiguration !== "OFF" || flow === "USER_AUTH";

function secondFactorFacts({ pool, user, state }: Sitting, factors: Factors): SecondFactorFacts {
  const mode = pool.settings.MfaConfiguration;
  const offered = mfaFactorsOf(pool);
  const switchedOn = user ? activeFactors(pool, user, factors) : [];
  // Where a second factor is required, a registered authenticator is one, whatever the user has switched on.
  const isRegistered = mode === "ON" && factors.sealedTotp !== null && offered.includes("SOFTWARE_TOKEN_MFA");
  const active = isRegistered && switchedOn.length === 0 ? (["SOFTWARE_TOKEN_MFA"] as const) : switchedOn;
  const reachable = (["SMS_MFA", "EMAIL_OTP"] as const).filter(
    (name) => user && offered.includes(name) && isReady(name, user, factors),
  );
  const { methods = [], levels = [] } = state;
  const stepUp = user && stepUpFactor({ pool, user, methods, levels }, factors);
  const passkeys = pool.settings.mfa?.webAuthn?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
  return {
    mode,
    active,
    preferred: factors.settings.preferred,
    fallbacks: offered.length > 0 ? [...reachable, "MFA_SETUP"] : [],
    ...(stepUp && { stepUp }),
    passkeyCounts: passkeys && factors.settings.webAuthn === true && active.length > 0,
  };
}

/** A name that nobody has is offered what the pool offers. */
async function firstFactorFacts(
  app: App,
  { pool, user, state }: Sitting,
  { second, holder }: { readonly second: SecondFactorFacts; readonly holder: Holder },
): Promise<FirstFactorFacts> {
  if (state.flow !== "USER_AUTH") return { preferred: null, available: [] };
  if (state.isNameless) return { preferred: "WEB_AUTHN", available: ["WEB_AUTHN"] };
  const imagined = { attributes: { email: "someone", phone_number: "someone" } };
  const hasPassword = (await findPassword(app.db, holder)) !== undefined || !user;
  const passkeys = (await listPasskeys(app.db, holder, { after: "", limit: passkeyLimit })).length;
  const usable = firstFactors(pool, user ?? imagined, { hasPassword, passkeys });
  const available = usable.flatMap((name): ChallengeNameType[] => {
    if (name === "PASSWORD") return ["PASSWORD_SRP", "PASSWORD"];
    if (name === "SOFTWARE_TOKEN" || user?.status === "FORCE_CHANGE_PASSWORD") return [];
    // A code that arrives where the second one would is no second factor: who needs one begins with something else.
    const needsSecond = second.mode === "ON" || second.active.length > 0;
    return needsSecond && name !== "WEB_AUTHN" ? [] : [name];
  });
  return { preferred: state.preferred, available };
}

async function deviceFacts(app: App, { pool, state }: Sitting, holder: Holder): Promise<DeviceFacts> {
  const counts = pool.settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice === true;
  if (state.deviceKey === null || !tracksDevices(pool)) return { isRemembered: false, counts };
  const device = await findDevice(app.db, holder, state.deviceKey);
  return { isRemembered: device?.isRemembered === true && device.secret !== null, counts };
}
