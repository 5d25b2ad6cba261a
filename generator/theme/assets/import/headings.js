// Les titres des colonnes : quelle clé remplit chacune, et ce qui ne va pas. La table des titres vient de Python
// (generator/opendata/headings.py) ; ici on n’y cherche qu’un titre plié.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { mostAlike } from "../shared/likeness.js";
import { constat } from "../entries/problem.js";
import { champ, noeud } from "../entries/schema.js";

/** Ce que la page sait des tableaux : `donnees/import.json`.
 * @typedef {{titres: Record<string, string>, problemes: Record<string, import("../entries/tools.js").Phrase>,
 *   regles: {damage: string, separator: string, other_letters: string, derived: string, beginning: string, aside: string,
 *   postal: string[], certain: string[], no_answer: string, hidden: string}, dessus: number}} Savoir */
/** Une colonne qui remplit une clé ; `ordre` : parmi celles qui disent un même lieu, la plus précise d’abord.
 * @typedef {{rang: number, titre: string, cle: string, ordre: number, postal: boolean}} Colonne */
/** @typedef {import("../entries/problem.js").Constat} Constat */
/** Une faute du tableau, et la colonne en mots, ou la ligne qu’elle arrête. @typedef {{constat: Constat, colonne: string, ligne?: number}} Faute */

/** Le numéro d’une question, dans les réponses d’un formulaire : « 3. Commune ». */
const NUMERO = /^\s{0,9}(?:[Qq] ?)?[0-9]{1,2} ?[.):\u2013-](?![0-9])/;

/** Un titre sans majuscules, accents, parenthèses, pluriels ni numéros : `fold_title` de generator/opendata/titles.py.
 * @param {string} titre @returns {string} */
export const foldTitle = (titre) =>
  sansAccents(
    titre
      .slice(0, 1000)
      .replace(NUMERO, "")
      .replace(/\([^()]{0,300}\)?/g, " "),
  )
    .split(" ")
    .map((mot) => mot.replace(/s{1,99}$/, "") || mot)
    .join(" ")
    .replace(/[0-9]{1,9}/g, "0");

/** @param {import("./cells.js").Tableau} tableau @param {Savoir} savoir @param {import("../entries/schema.js").Noeud} schema
 * @returns {{colonnes: Colonne[], fautes: Faute[]}} */
export function lisTitres({ titres, lignes, signe }, savoir, schema) {
  const cles = titres.map((titre) => cleDe(titre, savoir));
  /** @type {Colonne[]} */
  const colonnes = [];
  /** @type {Faute[]} */
  const fautes = [];
  const dit = (/** @type {number} */ rang, /** @type {string} */ code, valeurs = {}) =>
    fautes.push({ constat: constat([], code, valeurs), colonne: nomme(titres, rang) });
  for (const [rang, titre] of titres.entries()) {
    const cle = cles[rang];
    const ordre = ordreDe(titre, cle, savoir);
    const autre = colonnes.find((une) => une.cle === cle && une.ordre === ordre);
    const ecrite = lignes.find(({ cellules }) => cellules[rang]?.trim());
    if (cle && autre) dit(rang, "colonne-en-double", { autre: nomme(titres, autre.rang) });
    else if (cle) {
      const postal = savoir.regles.postal.includes(foldTitle(titre));
      colonnes.push({ rang, titre: titre.trim(), cle, ordre, postal });
    } else if (ecrite && titre.trim()) etrangere(rang, titre);
    else if (ecrite) dit(rang, "colonne-sans-titre", { ligne: ecrite.numero });
  }
  /** @param {number} rang @param {string} titre */
  function etrangere(rang, titre) {
    if (new RegExp(savoir.regles.derived, "u").test(titre.trim())) return;
    const proche = mostAlike(foldTitle(titre), Object.keys(savoir.titres), 0.7);
    const libelle = proche && (noeud(schema, savoir.titres[proche])?.title ?? savoir.titres[proche]);
    if (libelle) dit(rang, "colonne-proche", { proche: libelle });
    else dit(rang, "colonne-inconnue");
  }
  for (const { numero, cellules } of lignes) {
    const valeur = cellules.slice(titres.length).find((une) => une.trim());
    if (valeur) fautes.push({ constat: constat([], "cellule-de-trop", { valeur, signe }), colonne: "", ligne: numero });
  }
  for (const manque of ["nom", "collectivite"]) {
    if (colonnes.some(({ cle }) => cle.split(".")[0] === manque)) continue;
    const titre = champ(schema, manque)?.title ?? manque;
    const choix = manque === "nom" ? "« nom »" : "« collectivite.code » ou « collectivite.nom »";
    fautes.push({ constat: constat([], "colonne-manquante", { titre, choix }), colonne: "" });
  }
  return { colonnes, fautes };
}

/** La place d’un titre parmi ceux qui disent un lieu : `_rank` de generator/edits/importing/headings.py.
 * @param {string} titre @param {string} cle @param {Savoir} savoir @returns {number} */
const ordreDe = (titre, cle, { titres }) =>
  ["collectivite.nom", "collectivite.code"].includes(cle) && titre.trim().toLowerCase() !== cle
    ? Object.keys(titres).indexOf(foldTitle(titre)) + 1
    : 0;

/** La clé d’un titre : son nom à points, quel que soit le numéro d’un élément, sinon ce que dit la table. @param {string} titre
 * @param {Savoir} savoir @returns {string} */
function cleDe(titre, { titres }) {
  const nu = titre.trim().toLowerCase();
  const premier = nu.replace(/\.(?:0|[1-9]\d{0,2})(?=\.|$)/g, ".0");
  if (Object.values(titres).includes(premier)) return nu;
  const plie = foldTitle(titre);
  return Object.hasOwn(titres, plie) ? titres[plie] : "";
}

/** « colonne « Commune » ». @param {string[]} titres @param {number} rang @returns {string} */
export const nomme = (titres, rang) => {
  const titre = (titres[rang] ?? "")
    .replace(/\s{1,99}/g, " ")
    .trim()
    .slice(0, 80);
  return titre ? `colonne «\u00a0${titre}\u00a0»` : `colonne ${rang + 1}`;
};
