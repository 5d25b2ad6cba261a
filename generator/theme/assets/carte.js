// Une carte dit le nom et les chiffres du territoire que l’on survole, que l’on atteint au clavier ou que l’on touche.
// Sans script, chaque territoire reste un lien et la liste dit la même chose.
// @ts-check

for (const carte of document.querySelectorAll("[data-carte]")) {
  const dessin = carte.querySelector("svg")
  if (!dessin) continue
  const nom = document.createElement("p")
  nom.className = "carte__nom ecran"
  nom.textContent = "Survolez, touchez ou parcourez la carte au clavier."
  // Les liens portent déjà ces mots : un lecteur d’écran les dirait deux fois.
  nom.setAttribute("aria-hidden", "true")
  dessin.after(nom)

  /** @type {Element | null} */
  let touche = null
  /** @param {Event} e */
  const montre = (e) => {
    const lien = /** @type {Element} */ (e.target).closest("a")
    if (lien && dessin.contains(lien)) nom.textContent = lien.getAttribute("aria-label")
    return lien
  }
  dessin.addEventListener("pointerover", montre)
  dessin.addEventListener("focusin", montre)
  // Au doigt, le premier appui montre, le second suit le lien.
  dessin.addEventListener("click", (e) => {
    const lien = montre(e)
    const auDoigt = e instanceof PointerEvent && e.pointerType === "touch"
    if (auDoigt && lien && lien !== touche) {
      e.preventDefault()
      touche = lien
      nom.textContent += " (touchez encore pour y aller)"
    }
  })
}
