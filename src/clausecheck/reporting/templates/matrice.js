(() => {
  const form = document.getElementById("filtres");
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const count = document.getElementById("compte");
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const texts = new Map(rows.map((row) => [row, fold(row.cells[0].textContent)]));

  let shownLot = "";
  const showLot = (lot) => {
    if (lot === shownLot) return;
    shownLot = lot;
    const shown = heads.map((head) => !lot || head.dataset.lot === undefined || head.dataset.lot === lot);
    for (const row of [table.tHead.rows[0], ...rows]) [...row.cells].forEach((cell, i) => { cell.hidden = !shown[i]; });
  };

  const filter = () => {
    const data = new FormData(form);
    const query = fold(data.get("q"));
    const status = data.get("status");
    showLot(data.get("lot") ?? "");
    let shown = 0;
    for (const row of rows) {
      const fits = ["severity", "family"].every((key) => !data.get(key) || row.dataset[key] === data.get(key));
      const met = !status || [...row.cells].some((cell) => !cell.hidden && cell.dataset.status === status);
      row.hidden = !(fits && met && (!query || texts.get(row).includes(query)));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} exigence${shown > 1 ? "s" : ""} sur ${rows.length}`;
  };

  const key = (row, index) => (index === 0 ? null : Number(index === 1 ? row.dataset.rank : row.cells[index].dataset.rank));
  const sort = (index) => {
    const descending = heads[index].getAttribute("aria-sort") === "ascending";
    const order = rows.map((row, place) => [row, place]);
    order.sort(([a, i], [b, j]) => {
      const difference = index === 0 ? a.cells[0].textContent.localeCompare(b.cells[0].textContent, "fr") : key(a, index) - key(b, index);
      return (descending ? -difference : difference) || i - j;
    });
    body.append(...order.map(([row]) => row));
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[index].setAttribute("aria-sort", descending ? "descending" : "ascending");
  };

  heads.forEach((head, index) => {  // the words stay outside the button: Chromium does not print a button again on each page
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Trier par ${head.textContent.trim().replace(/\s+/g, " ")}`);
    button.addEventListener("click", () => sort(index));
    head.append(" ", button);
  });
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
