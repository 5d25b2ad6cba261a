// Les rendez-vous d’une fiche que l’on écrit, tenus pour les agendas qui les suivent.
// @ts-check
import { ORIGINE } from "./answers.js";
import { numerote } from "./naming.js";
import { canon } from "./reading.js";

/** @typedef {import("./answers.js").Donnees} Donnees */
/** @typedef {import("./schema.js").Noeud} Noeud */

/** La fiche corrigée, ses rendez-vous tenus pour les agendas qui les suivent : celui qui a changé garde son identifiant,
 * gagne une révision et dit quand ; un nouveau reçoit un identifiant, le jour de son début, `-2` s’il est pris. Ce qui n’a
 * pas changé reste tel quel. Pour une fiche nouvelle, `base` est vide. Un rendez-vous est ce dont le schéma compte les révisions.
 * @param {Donnees} donnees données d’`imbrique`, qui savent d’où viennent les éléments @param {Donnees} base
 * @param {{schema: Noeud, aujourdhui: string}} outils `aujourdhui` : AAAA-MM-JJ @returns {Donnees} */
export function reouvre(donnees, base, { schema, aujourdhui }) {
  const tenues = { ...donnees };
  for (const [cle, noeud] of Object.entries(schema.properties)) {
    if (donnees[cle] === undefined) continue;
    if (noeud.items?.properties?.revision) tenues[cle] = tient(donnees[cle], base[cle] ?? [], aujourdhui);
    else if (noeud.properties?.revision && base[cle]) tenues[cle] = revise(donnees[cle], base[cle], aujourdhui);
  }
  return tenues;
}

/** @param {Donnees[]} nouvelles @param {Donnees[]} anciennes @param {string} aujourdhui @returns {Donnees[]} */
function tient(nouvelles, anciennes, aujourdhui) {
  // L’identifiant d’une rencontre retirée reste pris : les agendas la confondraient avec une autre.
  const pris = new Set([...anciennes.map(repere), ...nouvelles.flatMap((une) => une.id ?? [])]);
  return nouvelles.map((une) => suit(une, anciennes, pris, aujourdhui));
}

/** @param {Donnees} une @param {Donnees} avant @param {string} aujourdhui @returns {Donnees} */
function revise(une, avant, aujourdhui) {
  if (contenu(avant) === contenu(une)) return avant;
  return { ...une, id: repere(avant), revision: (Number(avant.revision) || 0) + 1, modifie_le: aujourdhui };
}

/** @param {Donnees} une @param {Donnees[]} anciennes @param {Set<string>} pris @param {string} aujourdhui @returns {Donnees} */
function suit(une, anciennes, pris, aujourdhui) {
  const avant =
    anciennes[/** @type {any} */ (une)[ORIGINE]] ?? anciennes.find((autre) => une.id && autre.id === une.id);
  if (avant) return revise(une, avant, aujourdhui);
  const jour = /^\d{4}-\d{2}-\d{2}/.exec(String(une.debut ?? ""))?.[0];
  if (une.id || !jour) return une;
  const id = numerote(jour, pris);
  pris.add(id);
  return { ...une, id };
}

/** L’identifiant d’une rencontre : par défaut, le jour de son début. @param {Donnees} une @returns {string} */
const repere = (une) => String(une.id ?? String(une.debut ?? "").slice(0, 10));

/** Ce que les agendas montrent d’une rencontre. @param {Donnees} une @returns {string} */
const contenu = ({ id, revision, modifie_le: modifieLe, ...reste }) => canon(reste);
