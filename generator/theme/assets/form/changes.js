// Ce que l’on change dans une fiche publiée : le dire, question par question.
// @ts-check
import { element } from "../shared/data.js";
import { ORIGINE, aplatit } from "../entries/answers.js";
import { libelle, noeud } from "../entries/schema.js";
import { question } from "./controls.js";
import { enLettres } from "./meanings.js";
import { intitule } from "./problems.js";

/** Une question, sa réponse d’avant et celle d’aujourd’hui, en toutes lettres. @typedef {[string, string, string]} Changement */
/** @typedef {import("../entries/schema.js").Noeud} Noeud */

/** Un élément de liste se compare à lui-même, où qu’il soit passé ; ce que seuls nos outils écrivent n’y est pas.
 * @param {HTMLFormElement} formulaire @param {Noeud} schema @param {Record<string, any>} base
 * @param {Record<string, any>} donnees @returns {Changement[]} */
export function changements(formulaire, schema, base, donnees) {
  const groupes = Object.keys(schema.properties).filter((cle) => schema.properties[cle].items?.properties);
  /** Le rang que chaque élément avait ; rien quand il est nouveau. @type {Record<string, (number | undefined)[]>} */
  const rangs = Object.fromEntries(
    groupes.map((cle) => [cle, (donnees[cle] ?? []).map((/** @type {any} */ un) => origine(un, base[cle]))]),
  );
  const avant = dits(schema, base);
  /** @type {Map<string, string>} */
  const apres = new Map();
  /** Par chemin dans la fiche publiée, le chemin d’aujourd’hui. @type {Map<string, string>} */
  const places = new Map();
  for (const [nom, mots] of dits(schema, donnees)) {
    const [cle, rang, ...reste] = nom.split(".");
    const ancien = rangs[cle] ? [cle, rangs[cle][Number(rang)] ?? `nouveau-${rang}`, ...reste].join(".") : nom;
    places.set(ancien, nom);
    apres.set(ancien, mots);
  }
  const titre = (/** @type {string} */ nom) => intitule(question(formulaire, places.get(nom) ?? nom), nom);
  const retires = groupes.flatMap((cle) =>
    [...(base[cle] ?? []).keys()]
      .filter((rang) => !rangs[cle].includes(rang))
      .map((rang) => retire(schema, avant, cle, rang)),
  );
  const changes = [...new Set([...avant.keys(), ...apres.keys()])].filter((nom) => avant.get(nom) !== apres.get(nom));
  return [
    ...changes.map((nom) => /** @type {Changement} */ ([titre(nom), avant.get(nom) ?? "", apres.get(nom) ?? ""])),
    ...retires,
    ...groupes
      .filter((cle) => melange(rangs[cle]))
      .map((cle) => /** @type {Changement} */ ([titre(cle), "", "dans un autre ordre"])),
  ];
}

/** Les réponses en toutes lettres, par chemin. @param {Noeud} schema @param {Record<string, any>} donnees
 * @returns {Map<string, string>} */
function dits(schema, donnees) {
  const m = new Map();
  for (const [nom, valeur] of aplatit(donnees)) {
    const la = noeud(schema, nom);
    if (nom.endsWith("._origine") || la?.["x-outil"]) continue;
    const mots = enLettres(valeur) || libelle(la, valeur);
    m.set(nom, m.has(nom) ? `${m.get(nom)}, ${mots}` : mots);
  }
  return m;
}

/** Une seule ligne pour un élément retiré, avec ses premières réponses ; les siennes ne se diront plus une à une.
 * @param {Noeud} schema @param {Map<string, string>} avant @param {string} cle @param {number} rang @returns {Changement} */
function retire(schema, avant, cle, rang) {
  const siennes = [...avant.keys()].filter((nom) => nom.startsWith(`${cle}.${rang}.`));
  const mots = siennes.slice(0, 3).map((nom) => avant.get(nom));
  for (const nom of siennes) avant.delete(nom);
  return [`${noeud(schema, `${cle}.${rang}`)?.title ?? cle} ${rang + 1}`, mots.join(", "), ""];
}

/** @param {any} un @param {any[] | undefined} anciens @returns {number | undefined} */
function origine(un, anciens = []) {
  const rang = un[ORIGINE] ?? anciens.indexOf(un);
  return rang >= 0 ? rang : undefined;
}

/** @param {(number | undefined)[]} rangs @returns {boolean} */
function melange(rangs) {
  const connus = rangs.flatMap((rang) => rang ?? []);
  return connus.some((rang, i) => i > 0 && rang < connus[i - 1]);
}

/** @param {Changement[]} lignes */
export function montre(lignes) {
  const zone = /** @type {HTMLElement} */ (document.getElementById("envoi-changements"));
  zone.hidden = false;
  zone.replaceChildren(
    element("h3", {}, lignes.length ? "Ce que vous changez" : "Vous n’avez encore rien changé"),
    element(
      "dl",
      { class: "faits" },
      ...lignes.map(([nom, avant, apres]) =>
        element(
          "div",
          {},
          element("dt", {}, nom),
          element(
            "dd",
            {},
            ...(avant ? [element("del", {}, element("span", { class: "voix" }, "Avant\u00a0: "), avant), " "] : []),
            apres
              ? element("ins", {}, element("span", { class: "voix" }, "Maintenant\u00a0: "), apres)
              : element("em", {}, "retiré"),
          ),
        ),
      ),
    ),
  );
}
