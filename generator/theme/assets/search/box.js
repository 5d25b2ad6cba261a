// La recherche de l’en-tête : les premières réponses de chaque sorte sous le champ ; Entrée mène à la page des réponses.
// Ce qui trouve n’est demandé qu’au premier passage dans le champ. « / » mène au champ.
// @ts-check
import { ATTENTE_DE_RECHERCHE, panneDeRecherche, patiente, reessayer } from "../shared/waiting.js";

const REPIT = 150; // millisecondes sans frappe avant de chercher
const PREMIERES = 3;

/** @typedef {import("./results.js").Groupe} Groupe */

/** @type {Promise<[typeof import("./results.js"), typeof import("./answers.js")]> | undefined} */
let venues;

/** Une seule promesse pour toutes les frappes : plusieurs `import()` du même module peuvent aboutir dans le désordre, et la
 * dernière lettre passerait alors avant celles qui la précèdent. Un échec pourra être retenté. */
function trouvailles() {
  venues ??= Promise.all([import("./results.js"), import("./answers.js")]).catch((erreur) => {
    venues = undefined;
    throw erreur;
  });
  return venues;
}

const champ = /** @type {HTMLInputElement | null} */ (document.getElementById("recherche"));
const etat = /** @type {HTMLElement} */ (document.getElementById("recherche-etat"));
const boite = /** @type {HTMLElement} */ (document.getElementById("recherche-resultats"));

/** @param {string} message @param {Node[]} [suite] */
function montre(message, suite = []) {
  etat.textContent = message;
  boite.replaceChildren(...suite);
  boite.hidden = suite.length === 0;
}

/** Les premières réponses à une question, et le chemin vers toutes. @param {string} texte */
async function reponds(texte) {
  const [{ trouve }, { adresse, intitule, ligne, propositions, raconte, reponses }] = await trouvailles();
  const reponse = await trouve(texte);
  const listes = await Promise.all(
    reponse.groupes.map(async (groupe) => {
      const titre = document.createElement("h2");
      titre.textContent = intitule(groupe);
      const liste = document.createElement("ul");
      liste.setAttribute("aria-label", groupe.titre);
      liste.append(...(await groupe.lis(0, PREMIERES)).map((trouvaille) => ligne(trouvaille, "span")));
      return [titre, liste];
    }),
  );
  const suite = listes.flat();
  if (reponse.total === 0) suite.push(propositions());
  else {
    const tout = document.createElement("a");
    tout.className = "recherche__tout";
    tout.href = adresse(texte);
    tout.textContent = `Tout voir\u00a0: ${reponses(reponse.total)}`;
    suite.push(tout);
  }
  return { message: raconte(texte, reponse), suite };
}

let derniere = 0;

/** Cherche ce que le champ contient, sauf si une autre frappe prend le relais. */
async function cherche() {
  const rang = ++derniere;
  const texte = champ?.value.trim() ?? "";
  if (texte.length < 2) return montre("");
  const vaut = () => rang === derniere && texte === champ?.value.trim();
  await new Promise((fin) => setTimeout(fin, REPIT));
  if (!vaut()) return;
  try {
    const { message, suite } = await patiente(reponds(texte), () => vaut() && montre(ATTENTE_DE_RECHERCHE));
    if (vaut()) montre(message, suite);
  } catch (erreur) {
    const { mots, refait } = await panneDeRecherche(erreur);
    // Un script qui n’est pas venu le reste, pour certains navigateurs, jusqu’à la prochaine page.
    const encore = () => reessayer(venues ? cherche : () => champ?.form?.requestSubmit(), "bouton bouton--second");
    if (vaut()) montre(mots, refait ? [] : [encore()]);
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

/** Ferme, et oublie la question en cours. */
function ferme() {
  derniere++;
  montre("");
}

if (champ) {
  document.addEventListener("keydown", raccourci);
  champ.addEventListener("focus", () => {
    // Ce qui manque se dira à la première frappe.
    trouvailles()
      .then(([{ ouvre }]) => ouvre())
      .catch(() => {});
  });
  champ.addEventListener("input", cherche);
  champ.form?.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || (boite.hidden && !etat.textContent)) return;
    e.preventDefault();
    ferme();
    champ.focus();
  });
  champ.form?.addEventListener("focusout", (e) => {
    const vers = /** @type {Node | null} */ (e.relatedTarget);
    if (vers && !champ.form?.contains(vers)) ferme();
  });
}
