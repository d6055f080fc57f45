/** Inviting users whom an administrator creates. */
import { ApiError } from "../contract/errors.ts";
import type { AdminCreateUserRequest } from "../contract/types.gen.ts";
import { type Delivery, toEmail, toPhone } from "../messages/message.ts";
import type { Attributes } from "./user.ts";

/**
 * Where an invitation goes. A medium that the request names must have its contact; without one the phone is tried, as
 * Cognito's default is SMS, and a user without a phone gets nothing.
 */
export function invitationDeliveries(request: AdminCreateUserRequest, attributes: Attributes): Delivery[] {
  if (request.MessageAction === "SUPPRESS") return [];
  const { email, phone_number } = attributes;
  const named = request.DesiredDeliveryMediums;
  if (!named) return phone_number ? [toPhone(phone_number)] : [];
  // The texts are unconfirmed.
  if (named.includes("EMAIL") && !email)
    throw new ApiError("InvalidParameterException", "User has no email to send the invitation to.");
  if (named.includes("SMS") && !phone_number) {
    throw new ApiError("InvalidParameterException", "User has no phone number to send the invitation to.");
  }
  return [
    ...(named.includes("EMAIL") && email ? [toEmail(email)] : []),
    ...(named.includes("SMS") && phone_number ? [toPhone(phone_number)] : []),
  ];
}
