/** What administrators do to people, also while one of them is signing in. */
import { TooManyRequestsException } from "@aws-sdk/client-cognito-identity-provider";
import type { TestHouse } from "../house.ts";
import type { Ground } from "./grounds.ts";
import { forgive, type Person } from "./model.ts";
import { readySeconds, switchOn } from "./people.ts";

export const deeds = [
  "disable",
  "enable",
  "reset",
  "set password",
  "set temporary password",
  "switch everything on",
  "switch to others",
  "remove authenticator",
  "forget device",
  "sign out",
  "delete",
] as const;

export type Deed = (typeof deeds)[number];

let given = 0;

/** A password that nobody had before. */
export const freshPassword = (): string => `Fresh-one-${++given}!`;

/** Does it, and notes what has become of the person. */
export async function administer(house: TestHouse, ground: Ground, person: Person, deed: Deed): Promise<void> {
  const { api, clock } = house;
  const user = { UserPoolId: ground.UserPoolId, Username: person.name };
  switch (deed) {
    case "disable":
      person.isEnabled = false;
      person.signedOutAt = clock.now();
      await persistently(() => api.adminDisableUser(user));
      return;
    case "enable":
      await api.adminEnableUser(user);
      person.isEnabled = true;
      return;
    case "reset":
      // Who has a temporary password, or nothing to send a code to, has none to reset.
      if (await succeeds(api.adminResetUserPassword(user))) person.mustReset = true;
      return;
    case "set password":
    case "set temporary password":
      return setPassword(house, ground, person, deed === "set password");
    case "switch everything on":
      return switchOn(house, ground, person, readySeconds(ground, person));
    case "switch to others": {
      const others = readySeconds(ground, person).filter((name) => !person.seconds.includes(name));
      return switchOn(house, ground, person, others.length > 0 ? others : person.seconds.slice(-1));
    }
    case "remove authenticator":
      await api.adminDeleteSoftwareToken(user);
      person.totp = undefined;
      person.seconds = person.seconds.filter((name) => name !== "SOFTWARE_TOKEN_MFA");
      return;
    case "forget device":
      if (person.device) await api.adminForgetDevice({ ...user, DeviceKey: person.device.key });
      person.device = undefined;
      return;
    case "sign out":
      await api.adminUserGlobalSignOut(user);
      person.signedOutAt = clock.now();
      return;
    case "delete":
      person.isThere = false;
      await persistently(() => api.adminDeleteUser(user));
  }
}

/** Who changes a user just as a sign-in does is told to try again, and does, as every SDK would. */
const persistently = (call: () => Promise<unknown>): Promise<unknown> =>
  call().catch((error: unknown) => {
    if (error instanceof TooManyRequestsException) return call();
    throw error;
  });

const succeeds = (call: Promise<unknown>): Promise<boolean> =>
  call.then(
    () => true,
    () => false,
  );

async function setPassword({ api }: TestHouse, { UserPoolId }: Ground, person: Person, isPermanent: boolean) {
  const password = freshPassword();
  await api.adminSetUserPassword({
    UserPoolId,
    Username: person.name,
    Password: password,
    Permanent: isPermanent,
  });
  Object.assign(person, { password, mustReset: false, isTemporary: !isPermanent, isConfirmed: true });
  forgive(person);
}
