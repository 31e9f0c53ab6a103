// Tells the platform that launched this course (cmi5) that it was begun, passed or completed, and ended. Works without one too.
(() => {
  "use strict";
  const given = new URLSearchParams(location.search);
  const endpoint = given.get("endpoint");
  if (!endpoint || !given.get("fetch")) return;
  const base = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
  const actor = JSON.parse(given.get("actor"));
  const started = Date.now();
  let headers = null, template = {}, mastery = 0.7, ended = false, told = false, passed = false;
  const VERBS = { initialized: "initialized", completed: "completed", passed: "passed", failed: "failed", terminated: "terminated" };
  const CATEGORY = { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" };
  const MOVE_ON = { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" };
  const duration = () => `PT${Math.round((Date.now() - started) / 1000)}S`;
  const say = (verb, result, moves) => {
    if (!headers) return Promise.resolve();
    const context = structuredClone(template);
    context.registration = given.get("registration");
    context.contextActivities = context.contextActivities || {};
    const held = context.contextActivities.category || [];
    context.contextActivities.category = [...held.filter((one) => one.id !== CATEGORY.id), CATEGORY, ...(moves ? [MOVE_ON] : [])];
    if (verb === "passed" || verb === "failed") context.extensions = { ...context.extensions, "https://w3id.org/xapi/cmi5/context/extensions/masteryscore": mastery };
    const statement = {
      id: crypto.randomUUID(), actor, context, timestamp: new Date().toISOString(),
      verb: { id: `http://adlnet.gov/expapi/verbs/${VERBS[verb]}`, display: { en: verb } },
      object: { objectType: "Activity", id: given.get("activityId") },
    };
    if (result) statement.result = result;
    return fetch(`${base}statements`, { method: "POST", headers, body: JSON.stringify(statement), keepalive: true });
  };
  const ready = fetch(given.get("fetch"), { method: "POST" })
    .then((answer) => answer.json())
    .then((answer) => {
      headers = { Authorization: `Basic ${answer["auth-token"]}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
      const query = new URLSearchParams({ stateId: "LMS.LaunchData", activityId: given.get("activityId"), agent: JSON.stringify(actor), registration: given.get("registration") });
      return fetch(`${base}activities/state?${query}`, { headers });
    })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((data) => {
      template = data.contextTemplate || {};
      if (typeof data.masteryScore === "number") mastery = data.masteryScore;
      return say("initialized");
    })
    .catch(() => { headers = null; });
  const complete = () => {
    if (told) return;
    told = true;
    ready.then(() => say("completed", { completion: true, duration: duration() }, true));
    const words = document.querySelector("[data-finished]");
    if (words) words.textContent = words.dataset.words;
  };
  document.addEventListener("copy:checked", (event) => {
    const { right, all } = event.detail;
    const scaled = all ? right / all : 0;
    if (passed) return;
    passed = scaled >= mastery;
    ready.then(() => say(passed ? "passed" : "failed", { score: { scaled }, success: passed, duration: duration() }, true));
  });
  document.querySelectorAll("[data-finish]").forEach((button) => button.addEventListener("click", complete));
  addEventListener("pagehide", () => {
    if (ended) return;
    ended = true;
    say("terminated", { duration: duration() });
  });
})();
