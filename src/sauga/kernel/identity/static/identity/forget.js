// After signing out: what pages of the desk kept on this device goes. Databases named sauga-desk-… hold it in the store "kept"; a store
// "queue" holds what was not sent yet, names nobody, and stays until it is sent.
const OURS = "sauga-desk-";

async function emptied(name) {
  const open = indexedDB.open(name);
  const base = await new Promise((done) => { open.onsuccess = () => done(open.result); open.onerror = () => done(null); });
  if (base?.objectStoreNames.contains("kept")) base.transaction("kept", "readwrite").objectStore("kept").clear();
  base?.close();
}

for (const { name } of (await globalThis.indexedDB?.databases?.()) ?? []) if (name.startsWith(OURS)) await emptied(name);
for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith(OURS)) await caches.delete(name);
for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) if (new URL(one.scope).pathname.startsWith("/desk/")) await one.unregister();
