// « Ma commune » : ses COP à toutes les échelles, ou les plus proches et de quoi en lancer une.
// @ts-check
import { ecris, parametres } from "./address_bar.js";
import { cops, echelles, trie } from "./annuaire.js";
import { choixCommune } from "./combobox.js";
import { a, communes, laPlusProche } from "./communes.js";
import { RACINE, distance, element, enKm } from "../shared/data.js";
import { adresse, statut } from "./notice.js";
import { raconte } from "../shared/failures.js";

/** @typedef {import("./annuaire.js").Cop} Cop */
/** @typedef {import("./communes.js").Commune} Commune */

/** @param {Cop} cop @param {string} [suite] */
const ligne = (cop, suite = cop.typeNom) =>
  element(
    "li",
    {},
    element("a", { href: adresse(cop) }, cop.nom),
    " ",
    statut(cop),
    " ",
    element("span", { class: "menu" }, suite),
  );

/** @param {string} titre @param {Cop[]} liste */
const echelle = (titre, liste) =>
  liste.length === 0
    ? []
    : [element("h4", {}, titre), element("ul", { class: "nu" }, ...liste.slice(0, 12).map((cop) => ligne(cop)))];

/** @param {string} mots @param {string} chemin @param {string} [classe] */
const lien = (mots, chemin, classe = "") =>
  element("a", { href: RACINE + chemin, ...(classe && { class: classe }) }, mots);

/** @param {Commune} c @param {Cop[]} toutes @returns {Node[]} */
function resultat(c, toutes) {
  const par = echelles(toutes, c);
  const ici = par.commune.filter((cop) => !cop.finie).length;
  const titre = ici
    ? `${ici === 1 ? "Une COP" : `${ici} COP`} ${a(c.nom)}`
    : `${par.commune.length ? "Plus de COP" : "Pas encore de COP"} ${a(c.nom)}`;
  /** @type {HTMLElement[]} */
  const noeuds = [element("h3", { id: "commune-titre", tabindex: "-1" }, titre)];
  const vues = new Set([...par.commune, ...par.epci]);
  noeuds.push(...echelle("De la commune", par.commune));
  noeuds.push(
    ...echelle(c.epci ? `À l’échelle de l’intercommunalité, ${c.epci.nom}` : "À une échelle plus large", par.epci),
  );
  noeuds.push(...echelle(`À l’échelle du département, ${c.departementNom}`, par.departement));
  noeuds.push(...echelle("À l’échelle de la Région", par.region));
  if (!ici) {
    const proches = trie(
      toutes.filter((cop) => cop.place.length && !vues.has(cop)),
      "proches",
      c.place,
    ).slice(0, 3);
    if (proches.length) {
      noeuds.push(
        element("h4", {}, "Les plus proches"),
        element(
          "ul",
          { class: "nu" },
          ...proches.map((cop) => ligne(cop, `${cop.collectivite}, ${enKm(distance(c.place, cop.place))}`)),
        ),
      );
    }
    noeuds.push(
      element(
        "p",
        { class: "boutons" },
        lien("Demander une COP", "demander/", "bouton"),
        " ",
        lien("Lancer une COP", "lancer/", "bouton bouton--second"),
      ),
    );
  }
  const suite = element("p", { class: "menu" });
  if (c.epci) suite.append(lien(`Toutes les COP, ${c.epci.nom}`, `territoires/${c.epci.slug}/`), " · ");
  suite.append(lien("Adresse de ce résultat, à partager", `cops/?commune=${c.code}`));
  return [...noeuds, suite];
}

const champ = /** @type {HTMLInputElement | null} */ (document.getElementById("commune"));
const etat = document.getElementById("commune-etat") ?? undefined;
const place = document.getElementById("ma-commune-resultat");

/** @param {Commune} c @param {"pas" | "place" | "rien"} historique */
async function montre(c, historique) {
  if (!place) return;
  try {
    place.replaceChildren(...resultat(c, await cops()));
  } catch (erreur) {
    const mots = raconte(
      erreur,
      "Les COP ne se chargent pas",
      "Vérifiez la connexion, ou passez par la liste des territoires.",
      "Passez par la liste des territoires.",
    );
    place.replaceChildren(element("p", {}, mots));
    return;
  }
  if (historique !== "rien") ecris({ commune: c.code }, historique === "pas");
  document.dispatchEvent(new CustomEvent("commune", { detail: c }));
}

/** @type {"pas" | "place" | "rien"} */
let historique = "pas";
const choix = champ ? choixCommune(champ, (c) => montre(c, historique), etat) : null;

/** @param {string} mots */
const dit = (mots) => {
  if (etat) etat.textContent = mots;
};

/** @param {string} texte @param {"pas" | "place" | "rien"} comment */
async function resout(texte, comment) {
  historique = comment;
  try {
    await choix?.resout(texte);
  } catch (erreur) {
    dit(raconte(erreur, "La liste des communes ne se charge pas", "Vérifiez la connexion."));
  }
  historique = "pas";
}

/** Répond à ce qui est tapé, sans attendre qu’une proposition soit choisie. */
export function soumets() {
  if (champ?.value.trim()) resout(champ.value, "pas");
  else champ?.focus();
}

/** Choisit la commune la plus proche du visiteur ; sa position ne quitte pas le navigateur. */
export function situe() {
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) =>
      choix?.prend(laPlusProche(await communes(), [coords.longitude * 1000, coords.latitude * 1000])),
    () => dit("Votre position n’est pas accessible : tapez le nom de votre commune."),
  );
}

/** @param {"place" | "rien"} comment */
function relit(comment) {
  const demandee = parametres().get("commune");
  if (demandee) {
    resout(demandee, comment);
    return;
  }
  if (champ) champ.value = "";
  place?.replaceChildren();
  document.dispatchEvent(new CustomEvent("commune", { detail: null }));
}

addEventListener("popstate", () => relit("rien"));
if (parametres().get("commune")) relit("place");
