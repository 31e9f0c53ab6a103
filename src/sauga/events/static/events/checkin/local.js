// What this page knows: the list of people, who is in, and what waits to be sent. It outlives the page in store.js.
import { counted, fold, standing } from "./decide.js";
import { loaded } from "./sync.js";

const EMPTY = { people: [], inside: {}, newest: {}, counts: {}, edition: "", until: 0 };

export async function opened({ setup, store, choices, changed, notice, refused }) {
  const held = { ...EMPTY, lists: [], at: 0, token: setup.token, clashes: [], synced: 0 };
  const self = { held, queue: await store.queue(), net: "online", entrance: "", device: "" };

  self.list = () => held.lists.find((one) => one.ref === choices.list.value) ?? held.lists[0];
  self.stands = (person) => standing(person, self.list(), held.inside, self.queue);
  self.counts = () => { const list = self.list(); const known = list && held.counts[list.ref]; return known && counted(known, held.people, list, held.inside, self.queue); };
  self.nameOf = (code) => held.people.find((one) => one.c === code)?.n ?? code;
  self.placeOf = (ref) => [...(choices.entrance?.options ?? [])].find((one) => one.value === ref)?.textContent ?? "";
  self.context = () => ({ device: self.device, entrance: self.entrance, list: choices.list.value, since: held.newest[choices.list.value] ?? 0, token: held.token });

  function take(kept) {
    Object.assign(held, kept);
    for (const person of held.people) person.f ??= fold(person.n);
  }

  const save = () => store.keep("held", { ...held, clashes: [] });

  // Everything with a name goes; what waits to be sent holds none and stays.
  self.forget = async (word) => {
    Object.assign(held, structuredClone(EMPTY));
    await store.forget();
    if (word !== "removed") navigator.serviceWorker?.controller?.postMessage("forget");
    notice(word);
    changed();
  };

  self.restore = async () => {
    // A name of the device's own, which says nothing about whose it is.
    self.device = (await store.device("name")) ?? crypto.randomUUID().replaceAll("-", "").slice(0, 12);
    await store.setDevice("name", self.device);
    const kept = await store.kept("held");
    if (kept && Date.now() < kept.until && Date.now() > kept.at - 60_000) take(kept);
    else if (kept) await self.forget("removed");
    const chosen = (await store.device("chosen")) ?? {};
    for (const [name, choice] of Object.entries(choices)) if ([...(choice?.options ?? [])].some((one) => one.value === chosen[name])) choice.value = chosen[name];
    self.entrance = choices.entrance?.value ?? "";
  };

  self.choose = async () => {
    self.entrance = choices.entrance?.value ?? "";
    await store.setDevice("chosen", { entrance: self.entrance, list: choices.list.value });
    held.clashes = [];
  };

  // The list of people: loaded at the beginning and whenever it is another one.
  self.load = async () => {
    const news = await loaded(setup);
    if (news.gone) return self.forget("signed_out");
    if (news.over) return self.forget("over_event");
    take({ people: news.people, lists: news.lists, edition: news.edition, token: news.token, at: Date.now(), until: Date.now() + news.keep });
    await save();
    notice(store.keeps ? "" : "no_store");
    return changed();
  };

  self.onNews = async (news, scans, list) => {
    const known = (held.inside[list] ??= {});
    for (const one of news.inside) { if (one.n) known[one.c] = one; else delete known[one.c]; }
    Object.assign(held, { clashes: news.conflicts, synced: Date.now() });
    held.newest[list] = news.newest;
    self.queue = self.queue.filter((scan) => !(scan.nonce in news.outcomes));
    const mine = scans.find((scan) => news.outcomes[scan.nonce]?.text);
    if (mine) refused(self.nameOf(mine.code), news.outcomes[mine.nonce].text);
    held.counts[list] = news.counts;
    if (news.over) await self.forget("over_event");
    else { await save(); if (news.edition !== held.edition) await self.load(); }
    changed();
  };

  self.onLine = (state, text) => {
    if (state === "refused") { refused("", text); return; }
    if (state === "stale") { self.load().catch(() => {}); return; } // another session began on this device: its token comes with the list
    if (state === "signed_out" && held.people.length) self.forget("signed_out");
    self.net = state;
    changed();
  };

  // Nothing is shown as done before it is stored on this device.
  self.put = async (scan) => {
    await store.enqueue(scan);
    self.queue.push(scan);
  };
  return self;
}
