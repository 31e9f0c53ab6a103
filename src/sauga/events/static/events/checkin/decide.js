// What this device knows and decides by itself, without a network. The server merges what all devices send and has the last word.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX = "SAUGA:";

export const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").trim();

// A short code as people type it: K7Q4-M2X, k7q4m2x, with O for 0 and I or L for 1.
export function codeOf(typed) {
  const letters = [...typed.toUpperCase().replace(/[IL]/g, "1").replaceAll("O", "0")].filter((one) => ALPHABET.includes(one)).join("");
  return letters.length === 7 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : "";
}

// What our QR codes hold; empty for any other code.
export function tokenOf(text) {
  const found = text.trim().toUpperCase();
  return found.startsWith(PREFIX) && /^[0-9A-HJKMNP-TV-Z]{16}$/.test(found.slice(PREFIX.length)) ? found.slice(PREFIX.length) : "";
}

export async function digestOf(token) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
  return [...bytes.slice(0, 8)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export const newNonce = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

// Where somebody stands on a list: what the server said last, and what waits here to be sent.
export function standing(person, list, inside, queue) {
  const known = inside?.[list.ref]?.[person.c];
  const found = { heads: known?.h ?? 0, groups: { ...(known?.g ?? {}) }, at: known?.t, entrance: known?.e ?? "", nonce: known?.n ?? "" };
  let last = known?.l ?? 0;
  for (const scan of queue.filter((one) => one.code === person.c && one.list === list.ref).sort((a, b) => a.at - b.at)) {
    if (scan.kind === "IN") {
      last = headsOf(scan);
      found.heads += last;
      for (const [code, n] of Object.entries(scan.groups)) found.groups[code] = (found.groups[code] ?? 0) + n;
      found.at ??= scan.at;
      found.entrance ||= scan.entrance;
      found.nonce = scan.nonce;
    } else if (scan.undoes === found.nonce && found.nonce) {
      found.heads = Math.max(0, found.heads - last);
      if (!found.heads) Object.assign(found, { groups: {}, at: undefined, entrance: "", nonce: "" });
    }
  }
  return found;
}

// The server's last counts of a list with what waits here to be sent: who was let in without a network is in.
export function counted(counts, people, list, inside, queue) {
  const waiting = new Set(queue.filter((scan) => scan.list === list.ref).map((scan) => scan.code));
  const more = people.filter((one) => waiting.has(one.c)).reduce((sum, one) => sum + standing(one, list, inside, queue).heads - (inside?.[list.ref]?.[one.c]?.h ?? 0), 0);
  return { inside: counts.inside + more, missing: Math.max(0, counts.missing - more), here: counts.here + more };
}

export const headsOf = (scan) => Object.values(scan.groups).reduce((sum, n) => sum + n, 0) || 1;

// What to do with somebody who shows a ticket: "in", "ask" (how many of a class), "twice", "early", "over" or "list".
export function verdict(person, list, stands, now) {
  if (now < list.opens) return "early";
  if (now > list.closes) return "over";
  if (list.tickets.length && !list.tickets.includes(person.t)) return "list";
  if (stands.heads >= (person.h ?? 1)) return "twice";
  return person.g ? "ask" : "in";
}

// What is left of a class, by group: what the form for a part of it begins with.
export function remaining(person, stands) {
  const left = Object.entries(person.g ?? {}).map(([code, n]) => [code, Math.max(0, n - (stands.groups[code] ?? 0))]);
  return Object.fromEntries(left);
}

export function search(people, words, most = 30) {
  const wanted = fold(words);
  const code = codeOf(words);
  if (!wanted) return { found: [], more: false };
  const found = people.filter((one) => (code && one.c === code) || one.f.includes(wanted));
  return { found: found.slice(0, most), more: found.length > most };
}
