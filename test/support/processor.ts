/** What a test costs, whoever else uses the machine at the same time. */
import { cpuUsage } from "node:process";

/** Milliseconds of processor time that this process has used so far. */
export function processorMilliseconds(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}
