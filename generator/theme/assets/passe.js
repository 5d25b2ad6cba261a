// Une page ouverte longtemps après sa construction ne montre plus ce qui s’est terminé depuis (data-fin, jour compris).
// Sans script, la page dit de quel jour est sa liste.
// @ts-check

/** Aujourd’hui à Paris, AAAA-MM-JJ : la Suède écrit ses dates ainsi. */
const aujourdhui = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" })

for (const ligne of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fin]"))) {
  if ((ligne.dataset.fin ?? "") >= aujourdhui) continue
  const liste = ligne.parentElement
  ligne.remove()
  if (!liste || liste.querySelector("li")) continue
  const vide = document.createElement("p")
  vide.className = "inconnu"
  vide.textContent = "Tout ce qui était annoncé ici est passé."
  liste.replaceWith(vide)
}
