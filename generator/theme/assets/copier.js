// Ajoute « Copier » aux textes faits pour être repris (data-copier), et aux liens d’une liste d’adresses (data-adresses).
// Sans script, on les sélectionne comme tout autre texte.
// @ts-check

for (const texte of document.querySelectorAll("[data-copier]")) {
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

for (const lien of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-adresses] a"))) {
  const bouton = document.createElement("button")
  bouton.type = "button"
  bouton.className = "copier ecran"
  bouton.textContent = "copier l’adresse"
  bouton.setAttribute("aria-label", `copier l’adresse : ${lien.getAttribute("aria-label") ?? lien.textContent}`)
  bouton.setAttribute("aria-live", "polite")
  bouton.addEventListener("click", async () => {
    // Un calendrier se donne par son adresse ordinaire ; webcal ne sert qu’à l’ouvrir.
    const adresse = lien.href.replace(/^webcal:/, location.protocol)
    try {
      await navigator.clipboard.writeText(adresse)
      bouton.textContent = "adresse copiée"
    } catch {
      bouton.textContent = adresse
    }
  })
  lien.after(" ", bouton)
}
