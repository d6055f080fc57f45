/** Codes that are sent: as a first factor in place of a password, and as a second one. */
import type { App } from "../../app.ts";
import { clearAttempts, countAgainst } from "../../codes/limits.ts";
import { ApiError } from "../../contract/errors.ts";
import { equalsInConstantTime } from "../../lib/constant-time.ts";
import { digits } from "../../lib/random.ts";
import {
  compose,
  type Delivery,
  describeDelivery,
  queueImagined,
  queueMessage,
  toEmail,
  toPhone,
} from "../../messages/message.ts";
import type { Holder } from "../../pools/nobody.ts";
import { noteProved } from "../../users/alias.ts";
import { imaginedDelivery } from "../../users/imagined.ts";
import type { Sitting } from "../attempt.ts";
import type { Challenge, Question } from "../challenge.ts";
import { holderOf } from "../holder.ts";
import { hasFirstProof } from "../next-step.ts";
import { parameter } from "../parameters.ts";
import { unknownOrWrong } from "../refusals.ts";

/** Source: observed: eight digits in place of a password, six as a second factor. */
const lengths = { first: 8, second: 6 } as const;

const roleOf = ({ state }: Sitting): keyof typeof lengths => (hasFirstProof(state.proved) ? "second" : "first");

/** More wrong codes than this end a session. */
const triesAtMost = 10;

/** A challenge by a code that goes to a contact of the user. */
function oneTimeCode(contact: Delivery["attribute"], responseName: string): Challenge {
  const deliveryTo = (recipient: string): Delivery => (contact === "email" ? toEmail(recipient) : toPhone(recipient));
  return {
    triesAtMost,
    async ask(app, sitting) {
      const { pool, client, user, clientMetadata } = sitting;
      const role = roleOf(sitting);
      const holder = await holderOf(app, sitting);
      if (!user) return imagined(app, sitting, holder);
      const recipient = user.attributes[contact];
      // Source: the beginning of Cognito's own sentence; the rest is unconfirmed.
      if (!recipient) {
        throw new ApiError("InvalidParameterException", "Cannot send code to either email or phone number of the user");
      }
      await countAgainst(app, holder, "SignInMessage");
      const code = app.random.text(digits, lengths[role]);
      const delivery = deliveryTo(recipient);
      const occasion = { source: "Authentication", clientId: client.id, user, delivery, code, clientMetadata } as const;
      const composed = await compose(app, pool, occasion);
      return {
        parameters: {
          ...shown(describeDelivery(delivery)),
          ...(role === "second" && { USER_ID_FOR_SRP: user.username }),
        },
        memory: { code, recipient },
        write: (inside) => queueMessage(inside, pool, composed),
      };
    },
    async answer(app, sitting, responses) {
      const { user, memory } = sitting;
      const given = parameter(responses, responseName);
      await countAgainst(app, await holderOf(app, sitting), "SignInCode");
      if (!user) throw sitting.state.proved.length > 0 ? unknownOrWrong(sitting) : wrongCode();
      if (memory["code"] === undefined || !equalsInConstantTime(memory["code"], given)) throw wrongCode();
      // Whoever reads the address that was the user's when the code was sent may be somebody else.
      if (user.attributes[contact] !== memory["recipient"]) throw wrongCode();
      return {
        proof: roleOf(sitting) === "first" ? "one-time-code" : "second-factor",
        method: contact === "email" ? "email_otp" : "sms",
        write: (inside) => noteArrival(inside, sitting, contact),
      };
    },
  };
}

/** The question to a name that nobody has: counted, remembered and written as a user's, and sent to nobody. */
async function imagined(app: App, { pool, state }: Sitting, holder: Holder): Promise<Question> {
  await countAgainst(app, holder, "SignInMessage");
  const delivery = await imaginedDelivery(app, pool, state.username);
  const { DeliveryMedium: medium = "EMAIL" } = delivery;
  const code = app.random.text(digits, lengths.first);
  return {
    parameters: shown(delivery),
    memory: { code, recipient: "" },
    write: (inside) => queueImagined(inside, pool, { source: "Authentication", medium, code }),
  };
}

const shown = ({ DeliveryMedium = "EMAIL", Destination = "" }: ReturnType<typeof describeDelivery>) => ({
  CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium,
  CODE_DELIVERY_DESTINATION: Destination,
});

const wrongCode = (): ApiError => new ApiError("CodeMismatchException", "Invalid code or auth state for the user.");

/** A code that came back shows that the contact is the user's. Source: Cognito developer guide, SMS MFA verifies a phone. */
async function noteArrival(app: App, { pool, user }: Sitting, contact: Delivery["attribute"]): Promise<void> {
  if (!user) return;
  await clearAttempts(app.db, user, "SignInCode");
  await clearAttempts(app.db, user, "SignInMessage");
  const isVerified = user.attributes[`${contact}_verified`] === "true";
  if (contact !== "phone_number" || isVerified) return;
  await noteProved(app, pool, user, contact);
}

export const smsMfa = oneTimeCode("phone_number", "SMS_MFA_CODE");
export const smsOtp = oneTimeCode("phone_number", "SMS_OTP_CODE");
export const emailOtp = oneTimeCode("email", "EMAIL_OTP_CODE");
