/* The little a page does by itself: it asks before binding acts, sends a form once, prints, and hears what is new. */
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  const binds = event.submitter?.dataset.binds ?? form.dataset.binds;
  if (binds && !window.confirm(binds)) {
    event.preventDefault();
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("data-again")) {
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  }
});

/* A page that comes back from the browser's memory may be sent again. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

/* A list that goes to another page as soon as something else is chosen keeps its button for those without script. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-follow]");
  if (form) {
    form.requestSubmit();
  }
});

/* A message is said once: loading the page again does not repeat it. */
if (document.getElementById("said")) {
  const address = new URL(window.location.href);
  address.searchParams.delete("said");
  window.history.replaceState(window.history.state, "", address);
}

/* After a refusal the first faulty field is the one to go on with. */
document.querySelector("main [aria-invalid]")?.focus({ preventScroll: true });

const version = document.body.dataset.live;
if (version && window.EventSource) {
  const stream = new EventSource(`/live?version=${encodeURIComponent(version)}`);
  stream.addEventListener("parts", (event) => {
    for (const part of event.data.split(" ")) {
      document.body.dispatchEvent(new CustomEvent(`live-${part}`));
    }
  });
  window.addEventListener("pagehide", () => stream.close());
}
