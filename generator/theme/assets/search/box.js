// La recherche de l’en-tête. Ce qui trouve n’est demandé qu’au premier passage dans le champ ; sans script, le formulaire
// mène à l’annuaire. Les textes trouvés ne passent que par textContent. « / » mène au champ.
// @ts-check

/** @type {Promise<typeof import("./results.js")> | undefined} */
let venues;

/** Une seule promesse pour toutes les frappes : plusieurs `import()` du même module peuvent aboutir dans le désordre, et la
 * dernière lettre passerait alors avant celles qui la précèdent. Un échec pourra être retenté. */
function trouvailles() {
  venues ??= import("./results.js").catch((erreur) => {
    venues = undefined;
    throw erreur;
  });
  return venues;
}

/** @param {import("./territories.js").Trouvaille} trouvaille @returns {HTMLLIElement} */
function ligne({ url, titre, extrait }) {
  const li = document.createElement("li");
  const lien = document.createElement("a");
  lien.href = url;
  lien.textContent = titre;
  const texte = document.createElement("p");
  texte.textContent = extrait;
  li.append(lien, texte);
  return li;
}

/** Une liste par sorte de page. @param {[string, import("./territories.js").Trouvaille[]][]} sortes */
function groupes(sortes) {
  return sortes.flatMap(([nom, pages]) => {
    const titre = document.createElement("h2");
    titre.textContent = nom;
    const liste = document.createElement("ul");
    liste.setAttribute("aria-label", nom);
    liste.append(...pages.map(ligne));
    return [titre, liste];
  });
}

const champ = /** @type {HTMLInputElement | null} */ (document.getElementById("recherche"));
const etat = /** @type {HTMLElement} */ (document.getElementById("recherche-etat"));
const boite = /** @type {HTMLElement} */ (document.getElementById("recherche-resultats"));

/** @param {string} message @param {HTMLElement[]} [listes] */
function montre(message, listes = []) {
  etat.textContent = message;
  boite.replaceChildren(...listes);
  boite.hidden = listes.length === 0;
}

/** Cherche ce que le champ contient et montre les pages trouvées. */
async function cherche() {
  const texte = champ?.value ?? "";
  try {
    const { normalise, trouve } = await trouvailles();
    const question = normalise(texte);
    const sortes = question.length < 2 ? [] : await trouve(question);
    if (sortes === null || texte !== champ?.value) return;
    if (question.length < 2) return montre("");
    if (sortes.length === 0) return montre("Rien trouvé. Essayez le nom d’une commune, son code ou un thème.");
    const lignes = sortes.reduce((n, [, pages]) => n + pages.length, 0);
    montre(lignes === 1 ? "1 page trouvée" : `${lignes} pages trouvées, les plus proches d’abord`, groupes(sortes));
  } catch (erreur) {
    // Sans réseau, ce module ne viendrait pas non plus.
    const panne = await import("../shared/failures.js").catch(() => undefined);
    const [quoi, reseau] = [
      "La recherche ne répond pas",
      "Vérifiez la connexion, ou parcourez l’annuaire par territoire.",
    ];
    montre(panne?.raconte(erreur, quoi, reseau, "Parcourez l’annuaire par territoire.") ?? `${quoi}. ${reseau}`);
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
      // Ce qui manque se dira à la première frappe.
      trouvailles()
        .then(({ ouvre }) => ouvre())
        .catch(() => {});
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
