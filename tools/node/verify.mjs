// Verifies credentials with @digitalcredentials/verifier-core, an implementation by other authors in another language.
// One credential as JSON on each line of input; on each line of output what became of its checks, by their names.
import { createInterface } from "node:readline";

console.log = () => {}; // the packages' remarks; what is written to the output is ours
const fetched = globalThis.fetch;
globalThis.fetch = (asked, ...more) => {
  const { hostname } = new URL(asked.url ?? asked);
  return hostname === "localhost" ? fetched(asked, ...more) : Promise.reject(new Error(`no network: ${hostname}`));
};
const { verifyCredential } = await import("@digitalcredentials/verifier-core");

for await (const line of createInterface({ input: process.stdin })) {
  const checks = {};
  try {
    const found = await verifyCredential({ credential: JSON.parse(line), knownDIDRegistries: [] });
    for (const { id, valid, error } of found.log ?? []) checks[id] = error ? `error ${error.name ?? ""}` : valid;
    if (found.errors) checks.errors = found.errors.map((one) => one.name);
  } catch (error) {
    checks.errors = [String(error)];
  }
  process.stdout.write(`${JSON.stringify(checks)}\n`);
}
