// Ajoute « Copier » aux textes faits pour être repris (data-copier). Sans script, on les sélectionne comme tout autre texte.
// @ts-check

/** Pose le bouton qui copie un texte, après lui. @param {Element} texte */
export function pose(texte) {
  const bouton = document.createElement("button")
  bouton.type = "button"
  bouton.className = "bouton bouton--second"
  bouton.textContent = texte.getAttribute("data-copier") || "Copier"
  const etat = document.createElement("span")
  etat.className = "menu"
  etat.setAttribute("role", "status")
  bouton.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(/** @type {HTMLElement} */ (texte).innerText.trim())
      etat.textContent = "Copié. Il reste à coller."
    } catch {
      // Hors https, le navigateur refuse le presse-papiers : on sélectionne, la personne copie.
      getSelection()?.selectAllChildren(texte)
      etat.textContent = "Texte sélectionné : copiez-le avec votre clavier."
    }
  })
  const ligne = document.createElement(texte.tagName === "CODE" ? "span" : "p")
  ligne.className = "boutons ecran"
  ligne.append(bouton, etat)
  texte.after(ligne)
}

for (const texte of document.querySelectorAll("[data-copier]")) pose(texte)
