/** E-mail addresses and phone numbers: what they look like and how they are shown to who may not see them. */

/** One at sign between a local part and a host of dotted labels. Source: a subset of RFC 5321 section 4.1.2. */
const email = /^[^\s@"(),:;<>[\]\\\u3000\uff20\ufe6b]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

/** Whether this is an e-mail address that mail can be sent to. */
export const isEmail = (text: string): boolean => text.length <= 2048 && email.test(text) && !text.includes("..");

/** Whether this is a phone number. Source: ITU-T E.164: a plus sign and up to fifteen digits. */
export const isPhoneNumber = (text: string): boolean => /^\+\d{1,15}$/.test(text);

/** `jane@example.com` as `j***@e***`. Source: observed code delivery details. */
export function maskEmail(address: string): string {
  const [local = "", domain = ""] = address.split("@");
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}

/** `+14325551234` as `+*******1234`. Source: observed code delivery details. */
export const maskPhoneNumber = (number: string): string =>
  `+${"*".repeat(Math.max(0, number.length - 5))}${number.slice(-4)}`;
