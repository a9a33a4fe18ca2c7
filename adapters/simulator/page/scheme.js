// Light or dark: what the machine prefers until somebody chooses here. It runs before the page is
// drawn, so that nobody is dazzled.

(() => {
  const root = document.documentElement;
  const prefers = matchMedia("(prefers-color-scheme: dark)");
  // Where nothing may be stored, the choice lasts as long as the page.
  let chosen = null;
  try {
    chosen = localStorage.getItem("scheme");
  } catch { /* Not stored then. */ }

  const isDark = () => (chosen ? chosen === "dark" : prefers.matches);

  function show() {
    if (chosen) root.dataset.scheme = chosen;
    document.getElementById("scheme")?.setAttribute("aria-pressed", String(isDark()));
  }

  function choose() {
    chosen = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("scheme", chosen);
    } catch { /* As above. */ }
    show();
  }

  show();
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("scheme").onclick = choose;
    prefers.onchange = show;
    show();
  });
})();
