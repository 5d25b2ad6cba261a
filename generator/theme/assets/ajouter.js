// La page « Ajouter une COP ». Ce qui lit, vérifie et écrit la fiche n’est chargé qu’au premier geste.
// @ts-check

const formulaire = /** @type {HTMLFormElement | null} */ (document.getElementById("fiche"))

if (formulaire) {
  formulaire.hidden = false
  // Une fiche invite à compléter une partie : elle s’ouvre.
  const partie = location.hash ? document.getElementById(location.hash.slice(1)) : null
  if (partie instanceof HTMLDetailsElement) { partie.open = true; partie.scrollIntoView() }
  /** @type {Promise<(bouton: HTMLButtonElement) => void> | undefined} */
  let demarrage
  const demarre = () => {
    demarrage ??= import("./formulaire/depart.js").then((module) => module.depart(formulaire))
    demarrage.catch(() => {
      demarrage = undefined
      const etat = document.getElementById("formulaire-etat")
      if (etat) etat.textContent = "Le formulaire ne se charge pas : vérifiez la connexion, puis cliquez dans un champ pour réessayer. Vos réponses restent."
    })
    return demarrage
  }
  formulaire.addEventListener("focusin", () => { demarre().catch(() => {}) })
  formulaire.addEventListener("submit", (e) => e.preventDefault())
  formulaire.addEventListener("click", async (e) => {
    const bouton = /** @type {Element} */ (e.target).closest("button[data-action]")
    if (bouton) (await demarre())(/** @type {HTMLButtonElement} */ (bouton))
  })
  // Une fiche à corriger, un brouillon, un champ déjà rempli par le navigateur : on commence sans attendre.
  const brouillon = Object.keys(localStorageSur()).some((cle) => cle.startsWith("cop-brouillon:"))
  if (new URLSearchParams(location.search).has("cop") || brouillon) demarre().catch(() => {})
}

/** Le stockage du navigateur, vide quand la personne l’a interdit. @returns {Record<string, string>} */
function localStorageSur() {
  try {
    return { ...localStorage }
  } catch {
    return {}
  }
}
