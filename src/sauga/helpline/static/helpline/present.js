// A page of the desk says every 20 seconds that somebody is here, so that no child is thought to have lost its counsellor.
// That is no work: it does not keep the vault open.
const place = document.querySelector("[data-present]")?.dataset.present;
const beat = () => fetch(place, { headers: { "X-Sauga-Background": "1" } }).catch(() => {});
if (place) setInterval(beat, 20000);
