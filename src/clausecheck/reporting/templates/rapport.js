(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = $("#filtres");
  const pane = $("#texte");
  const findings = all(".finding");
  const groups = all(".group").map((section) => ({ section, findings: all(".finding", section) }));
  const fields = ["status", "severity", "family", "decider"];
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, "'").replace(/\s+/g, " ");
  let texts = null;
  let current = null;
  let origin = null;

  /* Filters */
  const folded = () => (texts ??= new Map(findings.map((finding) => [finding, fold(finding.textContent)])));
  const plural = (count) => `${count} constat${count > 1 ? "s" : ""}`;
  const filter = () => {
    const wanted = fields.map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
    const words = fold(form.elements.q.value).split(" ").filter(Boolean);
    const fits = (finding) =>
      wanted.every(([name, value]) => finding.dataset[name] === value) && words.every((word) => folded().get(finding).includes(word));
    let total = 0;
    for (const { section, findings: inside } of groups) {
      let shown = 0;
      for (const finding of inside) {
        const hide = !fits(finding);
        if (finding.hidden !== hide) finding.hidden = hide;
        shown += hide ? 0 : 1;
      }
      section.hidden = !shown;
      $(".count", section).textContent = shown === inside.length ? shown : `${shown} sur ${inside.length}`;
      total += shown;
    }
    $("#aucun").hidden = total > 0;
    $("[type=reset]", form).hidden = !wanted.length && !words.length;
    $("#compte").textContent = total === findings.length ? plural(total) : `${plural(total)} sur ${findings.length}`;
  };
  const clear = () => {
    for (const name of [...fields, "q"]) form.elements[name].value = "";
    filter();
  };

  /* From a finding to its passage, and back */
  const mark = (element) => {
    for (const other of all(".here")) other.classList.remove("here");
    element.classList.add("here");
  };
  const reveal = (element) => {
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  };
  const toPassage = (target, link) => {
    origin = link;
    reveal(target);
    mark(target);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    if (pane.scrollHeight > pane.clientHeight + 1) {
      const box = pane.getBoundingClientRect();
      pane.scrollTo({ top: pane.scrollTop + target.getBoundingClientRect().top - box.top - pane.clientHeight / 3 });
      if (box.top > innerHeight / 2) pane.scrollIntoView({ block: "nearest" });
    } else {
      target.scrollIntoView({ block: "center" });
    }
  };
  const toFinding = (target) => {
    if (target.hidden) clear();
    reveal(target);
    mark(target);
    current = target;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };
  const follow = (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    const passage = pane.contains(target);
    if (!passage && !target.matches(".finding")) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    if (passage) toPassage(target, link);
    else toFinding(target);
  };

  /* Keyboard */
  const visible = () => findings.filter((finding) => !finding.hidden);
  const focused = () => document.activeElement.closest(".finding") ?? current;
  const step = (by) => {
    const list = visible();
    const at = list.indexOf(focused());
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
    if (next) toFinding(next);
  };
  const passage = () => {
    const finding = focused();
    if (!finding) return;
    const links = all(".quotes .to-text", finding);
    const next = links[(links.indexOf(origin) + 1) % links.length];
    if (!next) return;
    current = finding;
    next.click();
  };
  const back = () => current && toFinding(current);
  const toggle = () => {
    const boxes = all("details", focused() ?? form).filter((box) => box.closest(".finding"));
    const open = boxes.some((box) => !box.open);
    for (const box of boxes) box.open = open;
  };
  const search = () => {
    form.elements.q.focus();
    form.elements.q.select();
  };
  const keys = { "/": search, j: () => step(1), k: () => step(-1), t: passage, r: back, o: toggle, Escape: clear };
  const press = (event) => {
    const action = keys[event.key];
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (!action || event.ctrlKey || event.metaKey || event.altKey || !form.elements.keys.checked) return;
    if (typing && event.key !== "Escape") return;
    event.preventDefault();
    action();
  };

  /* Copy, print */
  const copy = async (event) => {
    const text = document.getElementById(event.currentTarget.dataset.copy);
    const button = event.currentTarget;
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = "Clause copiée";
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = "Clause sélectionnée\u202f: Ctrl+C pour copier";
    }
  };
  let closed = [];
  const open = () => {
    closed = all("details:not([open])");
    for (const box of closed) box.open = true;
  };
  const restore = () => {
    for (const box of closed) box.open = false;
  };

  form.hidden = false;
  for (const button of all(".copy")) {
    button.hidden = false;
    button.addEventListener("click", copy);
  }
  const measure = () => {
    const sticky = getComputedStyle(form).position === "sticky";
    document.documentElement.style.setProperty("--bar", sticky ? `${form.offsetHeight}px` : "0px");
  };
  new ResizeObserver(measure).observe(form);
  addEventListener("resize", measure);
  measure();
  form.addEventListener("input", (event) => event.target.name !== "keys" && filter());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", follow);
  document.addEventListener("keydown", press);
  addEventListener("beforeprint", open);
  addEventListener("afterprint", restore);
  filter();
  const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (asked && asked.matches(".finding")) toFinding(asked);
  else if (asked && pane.contains(asked)) toPassage(asked, null);
})();
