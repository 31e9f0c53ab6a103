// The run-time of SCORM 1.2 (API) and SCORM 2004 (API_1484_11): scorm-again with what was saved, and reports of every change to the page around the frame.
(() => {
  "use strict";
  const frame = window.saugaFrame;
  if (!frame) return;
  const given = frame.given;
  const is_old = given.format === "scorm12";
  const was = frame.before ?? given;
  const marks = was.marks ?? {};
  const two = (n) => String(n).padStart(2, "0");
  const clock = (n) => `${String(Math.floor(n / 3600)).padStart(4, "0")}:${two(Math.floor(n / 60) % 60)}:${two(n % 60)}`;
  const text = (value) => (value === undefined || value === null ? "" : String(value));
  const goals = (was.goals ?? []).filter((one) => one.id);
  const settings = { autocommit: false, logLevel: 5, lmsCommitUrl: false, autoProgress: false };
  const kind = is_old ? window.Scorm12API : window.Scorm2004API;
  const api = new kind(settings);
  const entry = frame.before ? "resume" : given.entry;
  const score = Object.fromEntries(Object.entries(marks).filter(([name]) => !is_old || name !== "scaled").map(([name, value]) => [name, text(value)]));
  const before = is_old ? {
    core: {
      student_id: given.learner, student_name: "", lesson_location: was.location, credit: "credit",
      lesson_status: was.status || "not attempted", entry, score, total_time: clock(given.total), lesson_mode: "normal",
    },
    suspend_data: was.suspended, launch_data: given.data,
    student_data: given.least === null ? {} : { mastery_score: text(given.least) },
    student_preference: { language: given.language },
    objectives: goals.map((one) => ({ id: one.id, status: one.status || "not attempted", score: { raw: text(one.raw) } })),
  } : {
    learner_id: given.learner, learner_name: "", location: was.location, credit: "credit", mode: "normal",
    completion_status: was.status || "unknown", success_status: was.success || "unknown", entry, score,
    total_time: `PT${given.total}S`, suspend_data: was.suspended, launch_data: given.data,
    scaled_passing_score: given.least === null ? "" : text(given.least / 100),
    learner_preference: { language: given.language },
    objectives: goals.map((one) => ({
      id: one.id, completion_status: one.status || "unknown", success_status: one.success || "unknown", score: one.scaled ? { scaled: text(one.scaled) } : {},
    })),
  };
  api.loadFromJSON(before, "cmi");
  const numbers = (held) => Object.fromEntries(["raw", "min", "max", "scaled"].filter((name) => text(held?.[name]) !== "").map((name) => [name, text(held[name])]));
  const report = () => {
    const cmi = JSON.parse(JSON.stringify(api.cmi));
    const listed = (cmi.objectives?.childArray ?? Object.values(cmi.objectives ?? {})).filter((one) => one?.id).slice(0, 100);
    const kept = listed.map((one) => ({
      id: text(one.id), status: text(is_old ? one.status : one.completion_status), success: text(one.success_status), raw: text(one.score?.raw), scaled: text(one.score?.scaled),
    }));
    const own = is_old ? cmi.core : cmi;
    const made = numbers(own.score);
    if (is_old && !("raw" in made)) { delete made.min; delete made.max; }
    return {
      ...made, marks: made,
      status: text(is_old ? own.lesson_status : own.completion_status),
      success: is_old ? "" : text(own.success_status),
      location: text(is_old ? own.lesson_location : own.location),
      suspended: text(cmi.suspend_data), goals: kept, exit: text(own.exit),
      time: text(own.session_time),
    };
  };
  let timer = 0;
  let is_open = false;
  const tell = (is_over = false) => { clearTimeout(timer); timer = 0; frame.tell(report(), is_over); };
  frame.flush = () => { if (is_open) tell(); };
  const prefix = is_old ? "LMS" : "";
  api.on(`${prefix}Initialize`, () => { is_open = true; tell(); });
  api.on(`${prefix}SetValue.cmi.*`, () => { if (!timer) timer = setTimeout(tell, 50); });
  api.on(`${prefix}Commit`, () => tell());
  api.on(is_old ? "LMSFinish" : "Terminate", () => { is_open = false; tell(true); });
  addEventListener("pagehide", () => { if (is_open && timer) tell(); });
  window[is_old ? "API" : "API_1484_11"] = api;
})();
