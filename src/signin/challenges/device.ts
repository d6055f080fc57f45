/** The proof of a remembered device: SRP over the password that the device set when it was confirmed. */

import type { App } from "../../app.ts";
import { ApiError } from "../../contract/errors.ts";
import { noDevice } from "../../devices/device.ts";
import { findDevice, noteAuthentication } from "../../devices/store.ts";
import { toNumber } from "../../lib/modular-power.ts";
import { makeServerHalf, provesPassword } from "../../lib/srp.ts";
import { whenNotTooBusy } from "../../passwords/failures.ts";
import { blockOf } from "../../passwords/verifier.ts";
import type { Sitting } from "../attempt.ts";
import type { Challenge } from "../challenge.ts";
import { parameter } from "../parameters.ts";
import { clientValueOf } from "./password-srp.ts";
import { claimOf } from "./password-verifier.ts";

const fillerBytes = 900;
const secretBytes = 32;

async function deviceOf(app: App, { user, state }: Sitting) {
  const device = user && state.deviceKey !== null ? await findDevice(app.db, user, state.deviceKey) : undefined;
  if (!device?.secret) throw noDevice();
  return { device, secret: device.secret };
}

/** Opens the exchange. */
export const deviceSrpAuth: Challenge = {
  ask: (_app, { state }) => ({ parameters: { ...(state.deviceKey !== null && { DEVICE_KEY: state.deviceKey }) } }),
  async answer(_app, { state }, responses) {
    if (parameter(responses, "DEVICE_KEY") !== state.deviceKey) throw noDevice();
    return { chosen: "DEVICE_PASSWORD_VERIFIER", memory: { clientValue: clientValueOf(responses) } };
  },
};

/** Closes it. */
export const devicePasswordVerifier: Challenge = {
  triesAtMost: 5,
  async ask(app, sitting, session) {
    const { device, secret } = await deviceOf(app, sitting);
    const clientValue = BigInt(`0x${sitting.memory["clientValue"] ?? "0"}`);
    const randomSecret = () => toNumber(app.random.bytes(secretBytes)) + 1n;
    const half = await whenNotTooBusy(() => makeServerHalf(app.powers, secret.verifier, clientValue, { randomSecret }));
    const block = blockOf(session, app.random.bytes(fillerBytes));
    const numbers = [clientValue, half.secret, half.publicValue].map((number) => number.toString(16));
    return {
      parameters: {
        SALT: secret.salt.toString(16),
        SECRET_BLOCK: block,
        SRP_B: half.publicValue.toString(16),
        DEVICE_KEY: device.key,
        USERNAME: sitting.user?.username ?? "",
      },
      memory: { block, numbers: numbers.join(" ") },
    };
  },
  async answer(app, sitting, responses) {
    const { device, secret } = await deviceOf(app, sitting);
    const [clientValue = 0n, own = 0n, publicValue = 0n] = (sitting.memory["numbers"] ?? "0")
      .split(" ")
      .map((hex) => BigInt(`0x${hex}`));
    const identity = { realm: device.groupKey, name: device.key };
    const exchange = { identity, verifier: secret.verifier, clientValue, half: { secret: own, publicValue } };
    const claim = claimOf(responses);
    const isOurs =
      parameter(responses, "DEVICE_KEY") === device.key &&
      parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK") === sitting.memory["block"];
    if (!isOurs || !(await whenNotTooBusy(() => provesPassword(app.powers, exchange, claim)))) {
      throw new ApiError("NotAuthorizedException", "Incorrect username or password.");
    }
    const address = sitting.state.context?.address;
    return { proof: "device", write: ({ db, clock }) => noteAuthentication(db, device, { address, now: clock.now() }) };
  },
};
