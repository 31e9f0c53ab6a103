// What this device keeps of one event. "kept" holds the list of people and who is in, and goes when the event is over, after a day, or
// on signing out; "queue" holds scans that were not sent yet, without names; "device" the name of this device and what was chosen here.
const STORES = { kept: undefined, queue: "nonce", device: undefined };

export async function open(ref) {
  const base = await opened(`sauga-desk-checkin-${ref}`).catch(() => null);
  return base ? durable(base) : memory();
}

function opened(name) {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => { for (const [store, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(store, keyPath ? { keyPath } : {}); };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
    asked.onblocked = () => failed(new Error("blocked"));
  });
}

function durable(base) {
  const act = (store, mode, what) => new Promise((done, failed) => {
    const whole = base.transaction(store, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
    const asked = what(whole.objectStore(store));
    whole.oncomplete = () => done(asked?.result);
    whole.onerror = whole.onabort = () => failed(whole.error);
  });
  const read = (store, key) => act(store, "readonly", (held) => held.get(key));
  const write = (store, key, value) => act(store, "readwrite", (held) => held.put(value, key));
  return {
    keeps: true,
    kept: (key) => read("kept", key),
    keep: (key, value) => write("kept", key, value),
    forget: () => act("kept", "readwrite", (held) => held.clear()),
    device: (key) => read("device", key),
    setDevice: (key, value) => write("device", key, value),
    queue: () => act("queue", "readonly", (held) => held.getAll()),
    enqueue: (scan) => act("queue", "readwrite", (held) => held.put(scan)),
    sent: (nonces) => act("queue", "readwrite", (held) => { for (const nonce of nonces) held.delete(nonce); }),
  };
}

// A browser that keeps nothing (a private window): everything lives as long as the page, and the page says so.
function memory() {
  const held = { kept: new Map(), device: new Map(), queue: new Map() };
  return {
    keeps: false,
    kept: async (key) => held.kept.get(key),
    keep: async (key, value) => { held.kept.set(key, value); },
    forget: async () => held.kept.clear(),
    device: async (key) => held.device.get(key),
    setDevice: async (key, value) => { held.device.set(key, value); },
    queue: async () => [...held.queue.values()],
    enqueue: async (scan) => { held.queue.set(scan.nonce, scan); },
    sent: async (nonces) => { for (const nonce of nonces) held.queue.delete(nonce); },
  };
}
