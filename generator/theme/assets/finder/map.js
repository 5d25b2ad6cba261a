// Une carte dit le nom et les chiffres du territoire que l’on survole, que l’on atteint au clavier ou que l’on touche.
// Sans script, chaque territoire reste un lien et la liste dit la même chose.
// @ts-check

export {};

for (const carte of document.querySelectorAll("[data-carte]")) {
  const dessin = carte.querySelector("svg");
  // Les liens portent déjà ces mots : la ligne est muette pour un lecteur d’écran, qui les dirait deux fois.
  const nom = carte.querySelector(".carte__nom");
  if (!dessin || !nom) continue;

  /** @type {Element | null} */
  let touche = null;
  let auDoigt = false;
  /** @param {Element | null} ou */
  const montre = (ou) => {
    const lien = ou?.closest("a") ?? null;
    if (lien && dessin.contains(lien)) nom.textContent = lien.getAttribute("aria-label");
    return lien;
  };
  dessin.addEventListener("pointerover", (e) => montre(/** @type {Element} */ (e.target)));
  dessin.addEventListener("focusin", (e) => montre(/** @type {Element} */ (e.target)));
  // Au doigt, le premier appui montre, le second suit le lien. Un clic ne dit pas partout de quel pointeur il vient.
  dessin.addEventListener("pointerdown", (e) => (auDoigt = e.pointerType === "touch"));
  dessin.addEventListener("click", (e) => {
    const lien = montre(/** @type {Element} */ (e.target));
    if (auDoigt && lien && lien !== touche) {
      e.preventDefault();
      touche = lien;
      nom.textContent += " (touchez encore pour y aller)";
    }
    auDoigt = false;
  });
  // Le geste qui a fait venir ce module.
  montre(dessin.querySelector("a:hover, a:focus"));
}
