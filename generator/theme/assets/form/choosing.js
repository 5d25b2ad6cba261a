// Choisir la COP dont on annonce une rencontre : par son nom, par celui de sa commune ou par un code postal.
// @ts-check
import { cops } from "../finder/annuaire.js";
import { choixLieu } from "../finder/combobox.js";
import { plie } from "../shared/data.js";

/** @typedef {import("../finder/annuaire.js").Cop} Cop */

/** Les COP proposées en une fois : au-delà, on écrit un mot de plus. */
const LE_PLUS = 12;

/** @param {import("../entries/territories.js").Lieux} lieux */
export function choisitLaCop(lieux) {
  const champ = /** @type {HTMLInputElement} */ (document.getElementById("q-cop"));
  const etat = document.getElementById("q-cop-etat") ?? undefined;
  choixLieu(champ, (cop) => location.assign(`?cop=${cop.id}`), etat, {
    prepare: cops,
    demande: async (question) => {
      const trouvees = trouve(await cops(), question, lieux);
      return { lieux: trouvees.slice(0, LE_PLUS), mots: raconte(trouvees.length) };
    },
    nomme: (cop) => cop.nom,
    detail: (cop) => `${cop.collectivite}, ${cop.statutNom.toLowerCase()}`,
    titre: "COP de l’annuaire",
  });
  if (document.activeElement !== champ) return;
  champ.dispatchEvent(new Event("focus"));
}

/** Celles dont les mots commencent ainsi, puis celles des lieux que ces mots désignent. @param {Cop[]} toutes
 * @param {string} question @param {import("../entries/territories.js").Lieux} lieux @returns {Cop[]} */
function trouve(toutes, question, lieux) {
  const mots = plie(question).split(" ");
  const codes = new Set(lieux.cherche(question, LE_PLUS).flatMap((l) => [l.code, l.epci?.code]));
  const dites = toutes.filter((cop) => {
    const siens = plie(`${cop.nom} ${cop.collectivite}`).split(" ");
    return mots.every((mot) => siens.some((sien) => sien.startsWith(mot)));
  });
  return [...new Set([...dites, ...toutes.filter((cop) => codes.has(cop.code))])];
}

/** @param {number} n @returns {string} */
function raconte(n) {
  if (!n) return "Aucune COP de l’annuaire ne répond à ces mots. Elle n’y est pas encore ? Ajoutez-la d’abord.";
  if (n > LE_PLUS) return `${n} COP répondent à ces mots : écrivez-en un de plus`;
  return n === 1 ? "1 COP proposée" : `${n} COP proposées`;
}
