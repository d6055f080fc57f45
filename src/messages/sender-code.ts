import { createCipheriv, randomBytes } from "node:crypto";

/**
 * The code as a sending trigger gets it. Cognito encrypts it under a KMS key; here it is AES-256-GCM under a key that
 * the operator gives to both sides: Base64 of a twelve-byte nonce, the ciphertext and the sixteen-byte tag. Without a
 * key it is Base64 of the code, which only a trigger on the same machine should ever get.
 */
export function sealForSender(key: Buffer | undefined): (code: string) => string {
  return (code) => {
    if (!key) return Buffer.from(code).toString("base64");
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    return Buffer.concat([nonce, cipher.update(code), cipher.final(), cipher.getAuthTag()]).toString("base64");
  };
}
