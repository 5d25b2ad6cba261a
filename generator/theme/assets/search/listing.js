// Les réponses d’une page entière, en rubriques.
// @ts-check
import { element } from "../shared/data.js";
import { adresse, intitule, ligne, propositions, raconte } from "./answers.js";
import { trouve } from "./results.js";

const PREMIERES = 5;
const PAR_PAGE = 20;

/** @typedef {import("./results.js").Groupe} Groupe */

/** @param {string} mots @param {string} vers */
const lien = (mots, vers) => element("a", { href: vers }, mots);

/** @param {Groupe} groupe @param {number} debut @param {number} combien @param {Node[]} suite */
async function rubrique(groupe, debut, combien, suite) {
  const lignes = await groupe.lis(debut, combien);
  const liste = element("ul", { class: "reponses" }, ...lignes.map((trouvaille) => ligne(trouvaille, "h3")));
  return element(
    "section",
    { class: "rubrique", id: groupe.sorte },
    element("h2", {}, intitule(groupe)),
    element("div", {}, liste, ...suite),
  );
}

/** Les premières réponses d’une sorte. @param {Groupe} groupe @param {string} question */
function premieres(groupe, question) {
  const tout = lien(`Tout voir\u00a0: ${intitule(groupe)}`, adresse(question, groupe.sorte));
  return rubrique(groupe, 0, PREMIERES, groupe.total > PREMIERES ? [element("p", {}, tout)] : []);
}

/** Une page des réponses d’une sorte. @param {Groupe} groupe @param {string} question @param {number} voulue */
function entiere(groupe, question, voulue) {
  const pages = Math.ceil(groupe.total / PAR_PAGE);
  const page = Math.min(Math.max(Math.trunc(voulue) || 1, 1), pages);
  const vers = (/** @type {string} */ mots, /** @type {number} */ n) =>
    n < 1 || n > pages ? [] : [lien(mots, adresse(question, groupe.sorte, n))];
  const nav = element("nav", { class: "reponses__pages", "aria-label": "Pages de réponses" });
  nav.append(...vers("Page précédente", page - 1), `Page ${page} sur ${pages}`, ...vers("Page suivante", page + 1));
  const retour = element("p", {}, lien("Toutes les sortes de réponses", adresse(question)));
  return rubrique(groupe, (page - 1) * PAR_PAGE, PAR_PAGE, pages > 1 ? [nav, retour] : [retour]);
}

/** @param {string} question @param {string} sorte une seule, ou toutes @param {number} page */
export async function reponds(question, sorte, page) {
  const reponse = await trouve(question);
  const choisi = reponse.groupes.find((groupe) => groupe.sorte === sorte);
  const rubriques = choisi
    ? [entiere(choisi, question, page)]
    : reponse.groupes.map((groupe) => premieres(groupe, question));
  return {
    mots: raconte(question, reponse, true),
    suite: reponse.total ? await Promise.all(rubriques) : [propositions()],
  };
}
