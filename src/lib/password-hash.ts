/** Makes and checks password hashes. */
export interface PasswordHasher {
  /** A hash in the PHC string format (argon2id, 19 MiB, 2 passes, 1 lane). */
  hash(password: string): Promise<string>;
  /** Whether `password` made `hash`. Without a hash it does the same work and answers false, so that time tells nothing. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
}
