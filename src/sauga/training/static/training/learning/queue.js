// What was done without a network: kept on this device until the course has it. Entries name nobody. Sending one twice changes nothing, so
// an entry goes only when the course has answered.
const keyOf = (cache) => `${cache}-queue`;
const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; } };
const write = (key, rows) => (rows.length ? localStorage.setItem(key, JSON.stringify(rows)) : localStorage.removeItem(key));

export const waiting = (cache) => read(keyOf(cache)).length;
export const forget = (cache) => localStorage.removeItem(keyOf(cache));

// The last state of a form counts: an earlier one of the same form is replaced.
export function put(cache, url, form) {
  const body = new URLSearchParams(form);
  body.delete("csrfmiddlewaretoken");
  const name = `${url} ${body.get("do")} ${body.get("attempt") ?? ""}`;
  const rows = read(keyOf(cache)).filter((row) => row.name !== name);
  write(keyOf(cache), [...rows, { name, url, body: body.toString(), at: Date.now() }]);
}

// Send everything. Answers: "sent", "nothing", "offline", "signed_out", or the reason why the course could not take something.
export async function send(cache, list) {
  if (!waiting(cache)) return "nothing";
  let token;
  try {
    const answer = await fetch(list, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return answer.type === "opaqueredirect" ? "signed_out" : "offline";
    ({ token } = await answer.json());
  } catch { return "offline"; }
  let refused = "";
  for (const row of read(keyOf(cache))) {
    const body = new URLSearchParams(row.body);
    body.set("csrfmiddlewaretoken", token);
    body.set("age", String(Math.max(0, Math.round((Date.now() - row.at) / 1000))));
    let answer;
    try { answer = await fetch(row.url, { method: "POST", body, redirect: "manual" }); } catch { return "offline"; }
    if (answer.status !== 204 && answer.status !== 409 && answer.status !== 404) return "offline";
    if (answer.status === 409) refused = await answer.text();
    write(keyOf(cache), read(keyOf(cache)).filter((one) => one.name !== row.name || one.at !== row.at));
  }
  return refused || "sent";
}
