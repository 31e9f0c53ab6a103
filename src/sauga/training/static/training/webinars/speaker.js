// The page of a speaker: questions come by themselves every ten seconds. The browser parses the answer into a page of its own; no
// text is ever put into this one as markup.
setInterval(() => {
  const asked = new XMLHttpRequest();
  asked.open("GET", location.href);
  asked.responseType = "document";
  asked.onload = () => {
    for (const region of asked.status === 200 ? document.querySelectorAll("[data-renew][id]") : []) {
      const twin = asked.responseXML?.getElementById(region.id);
      if (!twin || twin.isEqualNode(region)) continue;
      const had = region.contains(document.activeElement);
      region.replaceWith(document.adoptNode(twin));
      if (had) document.querySelector(`#${twin.id} button`)?.focus({ preventScroll: true });
    }
  };
  asked.send();
}, 10000);
