// Ce que disent des cellules : plusieurs valeurs, un libellé pour un choix, ou rien.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { choixDe, noeud } from "../entries/schema.js";

/** Ce qui joint deux choix dans une cellule. */
const ENSEMBLE = new RegExp("[/&+]| et | - ", "u");

/** Les valeurs d’une réponse : plusieurs où le schéma veut une liste de choix, de codes ou d’identifiants ; un libellé y est son
 * choix. @param {string} cle @param {string} texte @param {import("../entries/schema.js").Noeud} schema @returns {string[]} */
export function valeurs(cle, texte, schema) {
  const ici = noeud(schema, cle);
  const morceaux = ici?.items
    ? texte
        .split(/[|;,\n]/)
        .map((mot) => mot.replace(/^[ \t\u00a0•·*-]{1,99}|[ \t\u00a0•·*-]{1,99}$/g, ""))
        .filter(Boolean)
    : [texte];
  const possibles = [...choixDe(ici)];
  const choix = (/** @type {string} */ mot) =>
    possibles.find((noms) => noms.some((nom) => sansAccents(nom) === sansAccents(mot)))?.[0];
  return morceaux.flatMap((mot) => {
    // « Eau / Mobilités » : deux choix, quand chaque mot en est un.
    const mots = ici?.items ? mot.split(ENSEMBLE).map((un) => choix(un.trim()) ?? "") : [];
    return mots.length > 1 && mots.every(Boolean) ? mots : [choix(mot) ?? mot];
  });
}

/** Un texte qui ne dit qu’une absence, « néant », et qui n’est pas un choix. @param {string} cle @param {string} texte
 * @param {import("../entries/schema.js").Noeud} schema @param {string} motif @returns {boolean} */
export const neDitRien = (cle, texte, schema, motif) =>
  new RegExp(motif, "u").test(texte) &&
  !valeurs(cle, texte, schema).some((mot) => (noeud(schema, cle)?.items ?? noeud(schema, cle))?.enum?.includes(mot));
