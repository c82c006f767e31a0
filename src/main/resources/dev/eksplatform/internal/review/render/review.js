
"use strict";
(() => {
  const closed = [];
  addEventListener("beforeprint", () => {
    closed.push(...document.querySelectorAll("details:not([open])"));
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => closed.splice(0).forEach((one) => { one.open = false; }));
  const filter = document.getElementById("filter");
  if (!filter) {
    return;
  }
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const help = document.getElementById("help");
  const keys = document.getElementById("keys");
  const items = [...document.querySelectorAll(".item")];
  const texts = items.map((item) => {
    const group = item.closest(".group");
    const part = group ? group.querySelector("summary").textContent : "";
    return (part + " " + item.textContent).toLowerCase();
  });
  const folds = [...document.querySelectorAll("details")];
  const sections = [...document.querySelectorAll("main > section")];

  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word);
    let shown = 0;
    items.forEach((item, i) => {
      const match = words.every((word) => texts[i].includes(word));
      item.hidden = !match;
      shown += match ? 1 : 0;
    });
    const filtered = words.length > 0;
    document.querySelectorAll(".group, .fold").forEach((group) => {
      const any = group.querySelector(".item:not([hidden])") !== null;
      group.hidden = filtered && !any;
      if (filtered && any) {
        group.open = true;
      }
    });
    sections.forEach((section) => {
      section.hidden = filtered && section.querySelector(".item:not([hidden])") === null;
    });
    nothing.hidden = shown > 0;
    count.textContent = filtered ? shown + " of " + items.length + " shown" : "";
  };

  const fold = (open) => folds.forEach((one) => { one.open = open; });
  const toggleHelp = () => {
    help.hidden = !help.hidden;
    keys.setAttribute("aria-expanded", String(!help.hidden));
  };
  const move = (step) => {
    const stops = [...document.querySelectorAll("main summary")].filter((stop) => stop.offsetParent !== null);
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.max(0, Math.min(stops.length - 1, at + step))];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "center" });
    }
  };

  filter.addEventListener("input", apply);
  document.getElementById("expand").addEventListener("click", () => fold(true));
  document.getElementById("collapse").addEventListener("click", () => fold(false));
  keys.addEventListener("click", toggleHelp);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape") {
      filter.value = "";
      apply();
      filter.blur();
      return;
    }
    if (document.activeElement === filter) {
      return;
    }
    const actions = {
      "/": () => filter.focus(),
      j: () => move(1),
      k: () => move(-1),
      e: () => fold(true),
      c: () => fold(false),
      "?": toggleHelp,
    };
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  });
})();
