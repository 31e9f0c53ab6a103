// Passkeys: asks the browser to sign a challenge (data-passkey="get") or to make a key ("create"), then posts the answer in a plain form.
const forms = document.querySelectorAll("form[data-passkey]");

async function options(form) {
  const response = await fetch(form.dataset.options || form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new Error("no options");
  return (await response.json()).publicKey;
}

async function answer(form) {
  const given = await options(form);
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(given) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given) });
}

async function submit(event) {
  const form = event.currentTarget;
  event.preventDefault();
  const error = form.querySelector("[data-passkey-error]");
  error.hidden = true;
  try {
    form.elements.answer.value = JSON.stringify((await answer(form)).toJSON());
    form.submit();
  } catch {
    error.hidden = false;
  }
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const offer of document.querySelectorAll("[data-passkey-offer]")) offer.hidden = false;
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", submit);
  }
}
