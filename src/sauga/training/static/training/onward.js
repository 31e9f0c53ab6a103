// The last step on the way to a tool: sends the form that carries the signed message, once.
document.querySelector("form[data-onward]")?.requestSubmit();
