// La recherche de l’en-tête. L’index n’est demandé qu’au premier passage dans le champ ; sans script, le formulaire mène à
// l’annuaire. Les textes trouvés ne passent que par textContent.
// @ts-check

const MAX = 8

/** Ramène une question aux formes que l’index connaît.
 * @param {string} texte @returns {string} */
export const normalise = (texte) => texte.toLowerCase()
  .replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/[-/'’]/g, " ")
  .replace(/(^|\s)st(e?)(?=\s|$)/g, "$1saint$2").replace(/\s+/g, " ").trim()

/** Cinq chiffres sont un code : seules comptent les pages qui le portent en entier, pas ses premiers chiffres.
 * @param {string} question @param {{meta: Record<string, string>}} page @returns {boolean} */
export const convient = (question, page) =>
  !/^\d{5}$/.test(question) || (page.meta.aussi ?? "").split(/\s+/).includes(question)

/** @param {{url: string, meta: Record<string, string>, plain_excerpt: string}} page @returns {HTMLLIElement} */
function ligne(page) {
  const li = document.createElement("li")
  const lien = document.createElement("a")
  lien.href = page.url
  lien.textContent = page.meta.title || page.url
  const extrait = document.createElement("p")
  extrait.textContent = page.plain_excerpt
  li.append(lien, extrait)
  return li
}

const champ = /** @type {HTMLInputElement | null} */ (document.getElementById("recherche"))
const etat = /** @type {HTMLElement} */ (document.getElementById("recherche-etat"))
const boite = /** @type {HTMLElement} */ (document.getElementById("recherche-resultats"))
/** @type {Promise<any> | undefined} */
let index

/** Charge l’index une fois ; un échec pourra être retenté. */
function charge() {
  index ??= import(new URL("../pagefind/pagefind.js", import.meta.url).href)
    .then(async (module) => { await module.options({ excerptLength: 18 }); await module.init(); return module })
    .catch((erreur) => { index = undefined; throw erreur })
  return index
}

/** @param {string} message @param {HTMLLIElement[]} [lignes] */
function montre(message, lignes = []) {
  etat.textContent = message
  boite.querySelector("ul")?.replaceChildren(...lignes)
  boite.hidden = lignes.length === 0
}

/** @param {string} question @returns {Promise<any[] | null>} au plus une page de trop, qui dit qu’il y en a
 * d’autres ; null quand une autre frappe a pris le relais */
async function trouve(question) {
  const reponse = await (await charge()).debouncedSearch(question, {}, 150)
  if (reponse === null) return null
  // Un code demande de lire plus loin : l’index propose aussi ce qui commence comme lui.
  const lues = reponse.results.slice(0, /^\d{5}$/.test(question) ? 40 : MAX + 1)
  const pages = await Promise.all(lues.map((/** @type {any} */ r) => r.data()))
  return pages.filter((page) => convient(question, page)).slice(0, MAX + 1)
}

/** Cherche ce que le champ contient et montre les pages trouvées. */
async function cherche() {
  const question = normalise(champ?.value ?? "")
  if (question.length < 2) return montre("")
  try {
    const pages = await trouve(question)
    if (pages === null || question !== normalise(champ?.value ?? "")) return
    if (pages.length === 0) return montre("Rien trouvé. Essayez le nom d’une commune, son code ou un thème.")
    const compte = pages.length > MAX ? `Les ${MAX} premières pages trouvées` : `${pages.length} pages trouvées`
    montre(pages.length === 1 ? "1 page trouvée" : compte, pages.slice(0, MAX).map(ligne))
  } catch {
    montre("La recherche ne répond pas. Vérifiez la connexion, ou parcourez l’annuaire par territoire.")
  }
}

if (champ) {
  champ.addEventListener("focus", () => { charge().catch(() => {}) }, { once: true })
  champ.addEventListener("input", cherche)
  champ.form?.addEventListener("submit", (e) => { if (champ.value.trim()) { e.preventDefault(); cherche() } })
  champ.form?.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || (boite.hidden && !etat.textContent)) return
    e.preventDefault()
    montre("")
    champ.focus()
  })
  champ.form?.addEventListener("focusout", (e) => {
    const vers = /** @type {Node | null} */ (e.relatedTarget)
    if (vers && !champ.form?.contains(vers)) montre("")
  })
  const demande = new URLSearchParams(location.search).get("q")
  // Dans l’annuaire, la question va à ses facettes.
  if (demande && !document.getElementById("facettes")) { champ.value = demande; cherche() }
}
