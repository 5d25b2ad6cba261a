// La recherche de l’en-tête. L’index n’est demandé qu’au premier passage dans le champ ; sans script, le formulaire mène à
// l’annuaire. Les textes trouvés ne passent que par textContent. « / » mène au champ.
// @ts-check

const PAR_SORTE = 5;
const LUES = 16;

/** Les sortes de pages, par leur adresse ; la première qui convient. @type {[string, RegExp][]} */
const SORTES = [
  ["COP", /\/cops\/[^/]+\/$/],
  ["Territoires", /\/territoires\/[^/]+\/$/],
  ["Formations", /\/formations\/[^/]+\/$/],
  ["Actualités", /\/actualites\/[^/]+\/$/],
  ["Pages", /./],
];

/** Ramène une question aux formes que l’index connaît.
 * @param {string} texte @returns {string} */
export const normalise = (texte) =>
  texte
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(/[-/'’]/g, " ")
    .replace(/(^|\s)st(e?)(?=\s|$)/g, "$1saint$2")
    .replace(/\s+/g, " ")
    .trim();

/** Cinq chiffres sont un code : seules comptent les pages qui le portent en entier, pas ses premiers chiffres.
 * @param {string} question @param {{meta: Record<string, string>}} page @returns {boolean} */
export const convient = (question, page) =>
  !/^\d{5}$/.test(question) || (page.meta.aussi ?? "").split(/\s+/).includes(question);

/** @typedef {{url: string, meta: Record<string, string>, plain_excerpt: string}} Page */

/** L’index connaît cops/x/ sous le nom de cops/x.html : un dossier par page prend du temps à qui le construit.
 * @param {string} url @returns {string} */
export const adresse = (url) => url.replace(/\.html$/, "/");

/** @param {Page} page @returns {HTMLLIElement} */
function ligne(page) {
  const li = document.createElement("li");
  const lien = document.createElement("a");
  lien.href = page.url;
  lien.textContent = page.meta.title || page.url;
  const extrait = document.createElement("p");
  extrait.textContent = page.plain_excerpt;
  li.append(lien, extrait);
  return li;
}

/** Une liste par sorte de page, dans l’ordre où l’index les juge. @param {Page[]} pages @returns {HTMLElement[]} */
function groupes(pages) {
  const sorte = (/** @type {Page} */ page) =>
    SORTES.find(([, forme]) => forme.test(new URL(page.url, location.href).pathname))?.[0];
  return SORTES.flatMap(([nom]) => {
    const siennes = pages.filter((page) => sorte(page) === nom);
    if (siennes.length === 0) return [];
    const titre = document.createElement("h2");
    titre.textContent = nom;
    const liste = document.createElement("ul");
    liste.setAttribute("aria-label", nom);
    liste.append(...siennes.slice(0, PAR_SORTE).map(ligne));
    return [titre, liste];
  });
}

const champ = /** @type {HTMLInputElement | null} */ (document.getElementById("recherche"));
const etat = /** @type {HTMLElement} */ (document.getElementById("recherche-etat"));
const boite = /** @type {HTMLElement} */ (document.getElementById("recherche-resultats"));
/** @type {Promise<any> | undefined} */
let index;

/** Charge l’index une fois ; un échec pourra être retenté. */
function charge() {
  index ??= import(new URL("../pagefind/pagefind.js", import.meta.url).href)
    .then(async (module) => {
      await module.options({ excerptLength: 18 });
      await module.init();
      return module;
    })
    .catch((erreur) => {
      index = undefined;
      throw erreur;
    });
  return index;
}

/** @param {string} message @param {HTMLElement[]} [listes] */
function montre(message, listes = []) {
  etat.textContent = message;
  boite.replaceChildren(...listes);
  boite.hidden = listes.length === 0;
}

/** @param {string} question @returns {Promise<Page[] | null>} null quand une autre frappe a pris le relais */
async function trouve(question) {
  const reponse = await (await charge()).debouncedSearch(question, {}, 150);
  if (reponse === null) return null;
  // Un code demande de lire plus loin : l’index propose aussi ce qui commence comme lui.
  const lues = reponse.results.slice(0, /^\d{5}$/.test(question) ? 60 : LUES);
  const pages = await Promise.all(lues.map((/** @type {any} */ r) => r.data()));
  return pages.filter((page) => convient(question, page)).map((page) => ({ ...page, url: adresse(page.url) }));
}

/** Cherche ce que le champ contient et montre les pages trouvées. */
async function cherche() {
  const question = normalise(champ?.value ?? "");
  if (question.length < 2) return montre("");
  try {
    const pages = await trouve(question);
    if (pages === null || question !== normalise(champ?.value ?? "")) return;
    if (pages.length === 0) return montre("Rien trouvé. Essayez le nom d’une commune, son code ou un thème.");
    const listes = groupes(pages);
    const lignes = listes.reduce((n, liste) => n + liste.querySelectorAll("li").length, 0);
    montre(lignes === 1 ? "1 page trouvée" : `${lignes} pages trouvées, les plus proches d’abord`, listes);
  } catch {
    montre(
      navigator.onLine
        ? "La recherche ne répond pas. Vérifiez la connexion, ou parcourez l’annuaire par territoire."
        : "Vous êtes hors connexion : la recherche a besoin du réseau.",
    );
  }
}

/** « / » mène au champ, sauf là où l’on écrit. @param {KeyboardEvent} e */
function raccourci(e) {
  const ou = /** @type {HTMLElement} */ (e.target);
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || ou.closest("input, textarea, select, [contenteditable]"))
    return;
  e.preventDefault();
  champ?.focus();
  champ?.select();
}

if (champ) {
  document.addEventListener("keydown", raccourci);
  champ.addEventListener(
    "focus",
    () => {
      charge().catch(() => {});
    },
    { once: true },
  );
  champ.addEventListener("input", cherche);
  champ.form?.addEventListener("submit", (e) => {
    if (champ.value.trim()) {
      e.preventDefault();
      cherche();
    }
  });
  champ.form?.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || (boite.hidden && !etat.textContent)) return;
    e.preventDefault();
    montre("");
    champ.focus();
  });
  champ.form?.addEventListener("focusout", (e) => {
    const vers = /** @type {Node | null} */ (e.relatedTarget);
    if (vers && !champ.form?.contains(vers)) montre("");
  });
  const demande = new URLSearchParams(location.search).get("q");
  // Dans l’annuaire, la question va à ses facettes.
  if (demande && !document.getElementById("facettes")) {
    champ.value = demande;
    cherche();
  }
}
