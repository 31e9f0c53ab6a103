// A sheet to draw on while waiting. Nothing of it leaves the page and nothing is kept.
const sheet = document.querySelector("#draw"), pen = sheet?.getContext("2d");
if (pen) {
  sheet.closest("details").hidden = false;
  const colour = () => getComputedStyle(sheet).color;
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return [(event.clientX - box.left) * (sheet.width / box.width), (event.clientY - box.top) * (sheet.height / box.height)];
  };
  let drawing = false;
  Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round" });
  sheet.addEventListener("pointerdown", (event) => {
    drawing = true;
    sheet.setPointerCapture(event.pointerId);
    pen.strokeStyle = colour();
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  for (const kind of ["pointerup", "pointercancel"]) sheet.addEventListener(kind, () => { drawing = false; });
  document.querySelector("#draw-clear").addEventListener("click", () => pen.clearRect(0, 0, sheet.width, sheet.height));
}
