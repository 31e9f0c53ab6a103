// What is folded on the screen is printed open: [data-prints-open]. Stylesheets do it, too, where browsers know ::details-content.
const folded = [...document.querySelectorAll("details[data-prints-open]")];
let opened = [];
addEventListener("beforeprint", () => { opened = folded.filter((one) => !one.open); for (const one of opened) one.open = true; });
addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
