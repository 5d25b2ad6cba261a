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
 *   postal: string[], certain: string[]}, dessus: number}} Savoir */
/** Une colonne qui remplit une clé. @typedef {{rang: number, titre: string, cle: string}} Colonne */
/** @typedef {import("../entries/problem.js").Constat} Constat */
/** Une faute du tableau, et la colonne en mots, ou la ligne qu’elle arrête. @typedef {{constat: Constat, colonne: string, ligne?: number}} Faute */

/** Un titre sans majuscules, accents, parenthèses, pluriels ni numéros : `fold_title` de generator/opendata/titles.py.
 * @param {string} titre @returns {string} */
export const foldTitle = (titre) =>
  sansAccents(titre.slice(0, 1000).replace(/\([^()]{0,300}\)?/g, " "))
    .split(" ")
    .map((mot) => mot.replace(/s{1,99}$/, "") || mot)
    .join(" ")
    .replace(/[0-9]{1,9}/g, "0");

/** @param {import("./cells.js").Tableau} tableau @param {Savoir} savoir @param {import("../entries/schema.js").Noeud} schema
 * @returns {{colonnes: Colonne[], fautes: Faute[]}} */
export function lisTitres({ titres, lignes, signe }, savoir, schema) {
  const cles = titres.map((titre) => cleDe(titre, savoir));
  const avecCode =
    cles.includes("collectivite.code") &&
    cles.some((cle, i) => cle === "collectivite.code" && !estPostal(titres[i], savoir));
  /** @type {Colonne[]} */
  const colonnes = [];
  /** @type {Faute[]} */
  const fautes = [];
  const dit = (/** @type {number} */ rang, /** @type {string} */ code, valeurs = {}) =>
    fautes.push({ constat: constat([], code, valeurs), colonne: nomme(titres, rang) });
  for (const [rang, titre] of titres.entries()) {
    const cle = cles[rang];
    if (avecCode && estPostal(titre, savoir)) continue; // le code du lieu, à côté, en dit plus
    const autre = colonnes.find((une) => une.cle === cle);
    if (cle && autre) dit(rang, "colonne-en-double", { autre: nomme(titres, autre.rang) });
    else if (cle) colonnes.push({ rang, titre: titre.trim(), cle });
    else if (titre.trim()) etrangere(rang, titre);
    else {
      const ecrite = lignes.find(({ cellules }) => cellules[rang]?.trim());
      if (ecrite) dit(rang, "colonne-sans-titre", { ligne: ecrite.numero });
    }
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

/** @param {string} titre @param {Savoir} savoir */
const estPostal = (titre, savoir) => savoir.regles.postal.includes(foldTitle(titre));

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
