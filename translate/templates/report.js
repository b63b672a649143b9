"use strict";
// Filters and folds the findings. The page is whole without it: the filter stays hidden then.
(() => {
  const filter = document.getElementById("filter");
  const groups = [...document.querySelectorAll("details.group")];
  const findings = [...document.querySelectorAll("article.finding")];
  const output = filter.querySelector("output");
  const chapter = filter.querySelector("select");
  const words = filter.querySelector("input[type=search]");
  const said = findings.map((finding) => finding.textContent.toLocaleLowerCase());
  const number = new Intl.NumberFormat(document.documentElement.lang);

  const show = () => {
    const severities = new Set([...filter.querySelectorAll("input:checked")].map((box) => box.value));
    const wanted = words.value.trim().toLocaleLowerCase();
    let shown = 0;
    findings.forEach((finding, at) => {
      const fits = severities.has(finding.dataset.severity)
        && (!chapter.value || finding.dataset.chapter === chapter.value)
        && said[at].includes(wanted);
      finding.hidden = !fits;
      shown += fits;
    });
    for (const part of document.querySelectorAll("section.chapter, details.group")) {
      part.hidden = !part.querySelector("article:not([hidden])");
    }
    output.textContent = output.dataset.says.replace("{n}", number.format(shown)).replace("{total}", number.format(findings.length));
  };

  // A link of the picture must reach its finding, filtered out or folded as it may be.
  const reach = () => {
    const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!place || !place.closest("#findings")) return;
    const group = place.closest("details.group");
    if (group) group.open = true;
    if (place.closest("[hidden]")) {
      for (const box of filter.querySelectorAll("input[type=checkbox]")) box.checked = true;
      chapter.value = "";
      words.value = "";
      show();
    }
    place.scrollIntoView({ block: "center" });
    if (place.hasAttribute("tabindex")) place.focus({ preventScroll: true });
  };

  const fold = (open) => groups.forEach((group) => { group.open = open; });
  filter.addEventListener("input", show);
  filter.querySelector("[name=fold]").addEventListener("click", () => fold(false));
  filter.querySelector("[name=unfold]").addEventListener("click", () => fold(true));
  window.addEventListener("hashchange", reach);
  window.addEventListener("beforeprint", () => fold(true));
  filter.hidden = false;
  show();
  reach();
})();
