(() => {
  const form = document.getElementById("filtres");
  const findings = [...document.querySelectorAll(".finding")];
  const count = document.getElementById("compte");
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const texts = new Map(findings.map((f) => [f, fold(f.textContent)]));
  const apply = () => {
    const data = new FormData(form);
    const query = fold(data.get("q"));
    let shown = 0;
    for (const f of findings) {
      const fits = ["status", "severity", "family", "decider"].every((k) => !data.get(k) || f.dataset[k] === data.get(k));
      f.hidden = !(fits && (!query || texts.get(f).includes(query)));
      shown += f.hidden ? 0 : 1;
    }
    for (const section of document.querySelectorAll("#constats > section")) {
      section.hidden = !section.querySelector(".finding:not([hidden])");
    }
    count.textContent = `${shown} constat${shown > 1 ? "s" : ""} sur ${findings.length}`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
