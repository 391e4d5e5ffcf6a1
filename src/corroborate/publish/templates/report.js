"use strict";
// What the page does beyond links: opens what a link points into, shows a claim beside its words, finds by words.
(() => {
  const opened = (target) => {
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const own = target.querySelector(":scope > details");
    if (own) own.open = true;
  };
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    opened(target);
    const claim = target.classList.contains("card") ? target.id : target.id.startsWith("w-") && target.id.slice(2);
    const words = claim && document.getElementById(`w-${claim}`);
    // Where the cards stand beside the text both can be seen: the words come to the middle, the card beside them.
    if (words && beside(words.nextElementSibling, claim)) words.scrollIntoView({ block: "center" });
    else target.scrollIntoView({ block: claim === target.id ? "start" : words ? "center" : "start" });
  };

  const light = (held, id) => {
    held.querySelectorAll(".on, .chosen").forEach((one) => one.classList.remove("on", "chosen"));
    held.querySelectorAll(`[data-c~="${id}"], [data-of~="${id}"]`).forEach((one) => one.classList.add("on"));
    const card = document.getElementById(id);
    if (card) card.classList.add("chosen");
    return card;
  };
  const beside = (mark, id = mark.dataset.c.split(" ")[0]) => {
    const card = light(mark.closest(".document"), id);
    const list = card && card.parentElement;
    const scrolls = list && getComputedStyle(list).overflowY === "auto" && getComputedStyle(list).position === "sticky";
    if (scrolls) list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
    return scrolls;
  };
  // What the pointer is over is shown, until a click holds one; a click beside the marks or Escape lets it go.
  let held = false;
  document.addEventListener("mouseover", (event) => {
    const mark = event.target.closest(".mark[data-c]");
    if (mark && !held) beside(mark);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") held = false; });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".mark[data-c]");
    if (mark) beside(mark);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark[data-c]");
    if (mark || event.target.closest(".text")) held = Boolean(mark);
    if (mark && beside(mark)) {
      event.preventDefault();
      history.replaceState(null, "", mark.getAttribute("href"));
      return;
    }
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) follow();
  });

  document.querySelectorAll("input[data-filter]").forEach((input) => {
    const all = [...document.querySelectorAll(`[data-${input.dataset.filter}]`)].map((one) => {
      const words = one.querySelector(":scope > details > summary") || one;
      return [one, words.textContent.toLowerCase()];
    });
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      // What is folded away is looked through as well.
      if (wanted) document.querySelectorAll("details.more, details.singles").forEach((one) => { one.open = true; });
      all.forEach(([one, words]) => { one.hidden = wanted !== "" && !words.includes(wanted); });
    });
  });

  addEventListener("hashchange", follow);
  if ("whole" in document.body.dataset) {
    const folded = "details:not(.why, .origin)";
    addEventListener("beforeprint", () => document.querySelectorAll(folded).forEach((one) => { one.open = true; }));
  }
  // The browser goes to the place that the address names once the page is there; ours comes after.
  if (document.readyState === "complete") follow();
  else addEventListener("load", () => requestAnimationFrame(follow));
})();
