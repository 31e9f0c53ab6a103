// Hides an opened address again after the seconds its box names, by going back to the masked page.
const box = document.querySelector("[data-hide-after]");
if (box) setTimeout(() => location.replace(`${location.pathname.replace(/reveal\/$/, "")}?hide=1`), Number(box.dataset.hideAfter) * 1000);
