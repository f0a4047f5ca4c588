(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const cards = [...document.querySelectorAll(".card")];
  const count = form.querySelector(".count");
  const wanted = (name) => form.elements[name]?.value ?? "";
  const show = () => {
    const words = wanted("words").normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const data = card.dataset;
      const outcome = wanted("outcome");
      const kept =
        (!outcome || outcome === data.outcome || (outcome === "bad" && data.good === "0")) &&
        (!wanted("kind") || wanted("kind") === data.kind) &&
        (!wanted("user") || wanted("user") === data.user) &&
        words.every((word) => data.words.normalize("NFKC").includes(word));
      card.hidden = !kept;
      shown += kept;
    }
    count.textContent = `${shown}／${cards.length}問`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button")?.addEventListener("click", () => {
    const some = cards.some((card) => !card.hidden && !card.open);
    for (const card of cards) if (!card.hidden) card.open = some;
  });
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = cards.filter((card) => !card.hidden && !card.open && card.dataset.good === "0");
    for (const card of closed) card.open = true;
  });
  addEventListener("afterprint", () => { for (const card of closed) card.open = false; });
  show();
})();
