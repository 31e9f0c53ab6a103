// What happens when somebody shows a ticket, is found by name, or was checked in by mistake.
import { codeOf, digestOf, newNonce, remaining, tokenOf, verdict } from "./decide.js";
import * as view from "./view.js";

export function acts({ setup, local, run, draw }) {
  const { held } = local;
  let sound = null;

  function buzz(pattern) {
    navigator.vibrate?.(pattern);
    if (!document.getElementById("sound").checked) return;
    sound ??= new AudioContext();
    const tone = sound.createOscillator();
    tone.frequency.value = pattern.length === 1 ? 880 : 220;
    tone.connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.15);
  }

  const scanOf = (code, kind, method, more = {}) => ({
    nonce: newNonce(), list: local.context().list, kind, method, code, groups: {}, undoes: "", at: Date.now(), entrance: local.entrance, ...more,
  });

  async function put(scan) {
    await local.put(scan);
    draw();
    run();
  }

  function refuse(name, detail) {
    buzz([120, 60, 120]);
    view.result("bad", name, detail);
  }

  async function admit(person, method) {
    const now = local.stands(person);
    const found = verdict(person, local.list(), now, Date.now());
    if (found === "in") return enter(person, method, {});
    if (found === "ask") return view.ask(person, remaining(person, now), (groups) => enter(person, method, groups));
    if (found !== "twice") return refuse(person.n, view.say(found, { time: view.hour(local.list().opens) }));
    buzz([80, 60, 80]);
    return view.result("wait", person.n, [view.say("twice"), view.hour(now.at), local.placeOf(now.entrance)].filter(Boolean).join(" · "), person.p);
  }

  async function enter(person, method, groups) {
    if (person.g && !Object.keys(groups).length) return;
    await put(scanOf(person.c, "IN", method, { groups }));
    const part = person.g && view.say("part", { n: local.stands(person).heads, all: person.h });
    const detail = [view.say("entered", { time: view.hour(Date.now()) }), local.placeOf(local.entrance), part].filter(Boolean).join(" · ");
    buzz([60]);
    view.result("good", person.n, detail, person.p, [view.button(view.say("undo"), "button plain", view.say("undo_who", { name: person.n }), () => undo(person))]);
  }

  async function undo(person) {
    const { nonce } = local.stands(person);
    if (!nonce) return;
    await put(scanOf(person.c, "UNDO", "NAME", { undoes: nonce }));
    view.result("wait", person.n, view.say("undone"), person.p);
  }

  // What a code says: a ticket on the list, a ticket that only the server may know, or no ticket at all.
  async function scanned(text) {
    const token = tokenOf(text);
    if (!token) return refuse(view.say("foreign"), view.say("foreign_more"));
    const digest = await digestOf(token);
    const person = held.people.find((one) => one.k === digest);
    if (person) return admit(person, "SCAN");
    refuse(view.say("unknown"), view.say("unknown_more", { time: view.hour(held.at || Date.now()) }));
    return put(scanOf("", "IN", "SCAN", { token }));
  }

  function typed(words) {
    const person = held.people.find((one) => one.c === codeOf(words));
    if (person) return admit(person, "CODE");
    return tokenOf(words) ? scanned(words) : undefined; // a hand-held reader types what it reads
  }

  async function resolve(row, resolution) {
    const body = new URLSearchParams({ resolution });
    await fetch(setup.conflict.replace(/0{32}/, row.nonce), { method: "POST", body, headers: { "X-CSRFToken": held.token }, redirect: "manual" }).catch(() => {});
    held.clashes = held.clashes.filter((one) => one.nonce !== row.nonce);
    draw();
    run();
  }
  return { admit, undo, scanned, typed, resolve, refuse };
}
