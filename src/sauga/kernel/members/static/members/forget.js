// Whoever is asked to sign in is signed out: what pages of the member site kept on this device goes. Stores named sauga-my-… hold it. What
// waits to be sent (sauga-my-…-queue) names nobody; it stays when a session has ended by itself, and goes with signing out.
const OURS = "sauga-my-";
for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith(OURS)) await caches.delete(name);
for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) if (!new URL(one.scope).pathname.startsWith("/desk/")) await one.unregister();
if (new URLSearchParams(location.search).get("done") === "signed-out") {
  for (const key of Object.keys(localStorage)) if (key.startsWith(OURS)) localStorage.removeItem(key);
}
document.documentElement.dataset.forgotten = "1";
