// Plays an H5P file with the player that the operator installed, and reports the results of its statements (xAPI) to the page around the frame.
(async () => {
  "use strict";
  const frame = window.saugaFrame;
  const given = frame.given;
  const box = document.querySelector("[data-h5p]");
  const own = `${box.dataset.h5p}/~sauga/player/`;
  const was = frame.before ?? given;
  const held = { completion: was.status === "completed" || was.completion === true, scaled: was.marks?.scaled ?? was.scaled ?? "", success: null, suspended: was.suspended };
  if (was.success === "passed" || was.success === true) held.success = true;
  if (was.success === "failed" || was.success === false) held.success = false;
  const tell = () => {
    const state = window.H5P?.instances?.[0]?.getCurrentState?.();
    const text = state === undefined ? "" : JSON.stringify(state);
    if (text && new Blob([text]).size <= 65536) held.suspended = text;
    frame.tell({ ...held, status: held.completion ? "completed" : "incomplete", marks: held.scaled === "" ? {} : { scaled: held.scaled }, time: `PT${frame.seconds()}S` });
  };
  frame.flush = tell;
  const hear = (event) => {
    const said = event.data?.statement;
    const verb = said?.verb?.id?.split("/").pop();
    if (!said || said.context?.contextActivities?.parent?.length) return; // a part of the content, not the whole
    if (verb === "completed" || verb === "answered" || said.result?.completion === true) {
      held.completion = true;
      if (typeof said.result?.score?.scaled === "number") held.scaled = said.result.score.scaled;
      if (typeof said.result?.success === "boolean") held.success = said.result.success;
    }
    tell();
  };
  try {
    await new window.H5PStandalone.H5P(box, {
      id: "package", h5pJsonPath: box.dataset.h5p, frameJs: `${own}frame.bundle.js`, frameCss: `${own}styles/h5p.css`,
      embedType: "div", icon: false, saveFreq: 30, reportingIsEnabled: true,
      ...(was.suspended ? { contentUserData: [{ state: was.suspended }] } : {}),
    });
    window.H5P.externalDispatcher.on("xAPI", hear);
    tell();
    setInterval(tell, 10000);
  } catch {
    box.textContent = box.dataset.failed;
  }
})();
