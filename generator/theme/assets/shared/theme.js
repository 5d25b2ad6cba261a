// Le thème clair ou sombre. Un script en tête de page l’a déjà posé ; ici, le bouton en change et le choix est retenu.
// @ts-check

const bouton = /** @type {HTMLButtonElement | null} */ (document.getElementById("bascule"));
const sombre = () => document.body.getAttribute("data-md-color-scheme") === "slate";

/** Dit ce que fera le bouton, en mots. */
function nomme() {
  if (bouton) bouton.title = sombre() ? "Passer au thème clair" : "Passer au thème sombre";
  bouton?.setAttribute("aria-label", bouton.title);
}

if (bouton) {
  bouton.hidden = false;
  nomme();
  bouton.addEventListener("click", () => {
    const scheme = sombre() ? "default" : "slate";
    document.body.setAttribute("data-md-color-scheme", scheme);
    try {
      localStorage.setItem("theme", scheme);
    } catch {
      /* le choix ne vaut alors que pour cette page */
    }
    nomme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (e) => {
    if (localStorage.getItem("theme")) return;
    document.body.setAttribute("data-md-color-scheme", e.matches ? "slate" : "default");
    nomme();
  });
}
