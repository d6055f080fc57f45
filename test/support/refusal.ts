/** What a call is refused with. @throws when it is not refused at all, which no test may mistake for a refusal. */
export async function refusalOf(call: Promise<unknown>): Promise<{ readonly name: string; readonly message: string }> {
  const outcome = await call.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`The call was answered: ${JSON.stringify(outcome.answer)}`);
  if (!(outcome.error instanceof Error)) throw new Error("The call failed without an error.");
  return { name: outcome.error.name, message: outcome.error.message };
}
