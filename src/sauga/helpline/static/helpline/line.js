// The open line of a conversation. Everything new comes by server-sent events and is told to the page as events on `document`:
// line:said, line:state, line:typing, line:over, line:up, line:down. When the stream does not hold, the page asks every few seconds.
const place = document.querySelector("#line").dataset;
let last = Number(place.number), source = null, asking = 0, again = 0, failed = 0, ended = false, leaving = 0;

// While the page is being left (a form, “leave quickly”) news waits: a page that loads itself again would get in the way.
function tell(kind, detail) {
  const rest = leaving - Date.now();
  if (rest > 0) setTimeout(tell, rest, kind, detail);
  else document.dispatchEvent(new CustomEvent(`line:${kind}`, { detail }));
}
addEventListener("beforeunload", () => { leaving = Date.now() + 4000; });  // a tel: link says so too, and the page stays

function said(one) {
  if (one.number <= last) return;
  last = one.number;
  tell("said", one);
}

function up() {
  if (!navigator.onLine) return;  // a stream that opened at the moment the connection was lost; “online” opens another
  failed = 0;
  clearTimeout(asking);
  asking = 0;
  tell("up");
}

function down() {
  if (ended) return;
  failed += 1;
  if (failed > 1 || !navigator.onLine) tell("down");
  if (!asking && failed > 2) asking = setTimeout(ask, 3000);
}

// A stream that some middle box swallows: plain questions do as well, only slower.
async function ask() {
  asking = 0;
  try {
    const answer = await fetch(`${place.after}?after=${last}`, { cache: "no-store" });
    if (answer.status === 404) return over({});
    const news = await answer.json();
    news.said.forEach(said);
    tell("state", news.state);
    tell("up");
    if (news.state.is_over) return over({ is_yours: true });
  } catch { tell("down"); }
  if (!ended && failed) asking = setTimeout(ask, 3000);
}

function over(detail) {
  ended = true;
  clearTimeout(asking);
  clearTimeout(again);
  source?.close();
  tell("over", detail);
}

function open() {
  if (ended) return;
  source?.close();
  source = new EventSource(`${place.stream}?after=${last}`);
  source.addEventListener("open", up);
  source.addEventListener("said", (event) => said(JSON.parse(event.data)));
  source.addEventListener("state", (event) => tell("state", JSON.parse(event.data)));
  source.addEventListener("typing", (event) => tell("typing", JSON.parse(event.data)));
  source.addEventListener("over", (event) => over(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    const shut = source.readyState === EventSource.CLOSED;  // the server said no: the browser does not come again by itself
    down();
    if (!shut && failed < 2) return;  // a line that broke: the browser comes again at once
    source.close();
    clearTimeout(again);
    again = setTimeout(open, Math.min(500 * 2 ** failed, 15000) * (0.5 + Math.random()));
  });
}

addEventListener("offline", () => { failed += 1; tell("down"); });
addEventListener("online", open);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && source?.readyState === EventSource.CLOSED) open(); });
open();
