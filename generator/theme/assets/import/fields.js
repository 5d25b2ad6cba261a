// À côté d’une faute, de quoi la corriger : un champ pour la cellule qu’elle concerne.
// @ts-check
import { element } from "../shared/data.js";
import { typo } from "../shared/waiting.js";
import { valeurs } from "./values.js";
import { choixDe, estRang, noeud } from "../entries/schema.js";

/** @typedef {import("../entries/schema.js").Noeud} Noeud */
/** @typedef {import("./rows.js").Ligne} Ligne */

/** La cellule à corriger pour une faute : celle de la valeur, de la liste qui la tient, ou la première d’un groupe.
 * @param {string} ou @param {Ligne} ligne @param {Noeud} schema @param {Set<string>} cles toutes celles des tableaux @returns {string} */
export function cleDe(ou, { reponses }, schema, cles) {
  const connue = (/** @type {string} */ cle) => cles.has(cle.replace(/\.\d+/g, ".0"));
  const [liste, rang, ...reste] = ou.split(".");
  const estListe = estRang(rang ?? "");
  if (estListe && connue(liste)) return liste; // plusieurs valeurs dans une cellule
  const rangs = [...reponses.keys()].filter((une) => une.startsWith(`${liste}.`)).map((une) => une.split(".")[1]);
  let cle = estListe ? [liste, [...new Set(rangs)][Number(rang)] ?? rang, ...reste].join(".") : ou;
  for (let ici = noeud(schema, cle); ici && !connue(cle); ici = noeud(schema, cle)) {
    const { properties = {}, required = [] } = ici;
    const suite = ici.items ? "0" : ["nom", ...required, ...Object.keys(properties)].find((une) => une in properties);
    if (suite === undefined) break;
    cle += `.${suite}`;
  }
  return cle;
}

/** Comment la page appelle une cellule. @param {string} cle @param {Noeud} schema @param {import("./headings.js").Colonne[]} colonnes */
export function nomDe(cle, schema, colonnes) {
  const [colonne] = colonnes.filter((une) => une.cle === cle).sort((a, b) => a.ordre - b.ordre);
  const libelle = noeud(schema, cle)?.title ?? noeud(schema, cle.replace(/\.\d+$/, ""))?.title ?? cle;
  return colonne && colonne.titre !== libelle
    ? typo(`${libelle} (colonne « ${colonne.titre.slice(0, 80)} »)`)
    : libelle;
}

/** @param {string} id @param {string} cle @param {string} valeur @param {Noeud} schema
 * @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */
export function champDe(id, cle, valeur, schema) {
  const ici = noeud(schema, cle) ?? {};
  const attributs = { id, class: "saisie", "data-cle": cle, autocomplete: "off", "aria-describedby": `${id}-dit` };
  const possibles = choixDe(ici);
  if (possibles.size && !ici.items) {
    const choix = element("select", attributs);
    const [dit = ""] = valeurs(cle, valeur, schema);
    const inconnu = dit && !possibles.has(dit);
    choix.append(new Option(inconnu ? `${dit} (à remplacer)` : "Choisir", inconnu ? dit : ""));
    choix.append(...[...possibles].map(([un, mots]) => new Option(mots, un)));
    choix.value = dit;
    return choix;
  }
  const long = ["markdown", "bloc"].includes(ici["x-texte"]) || ((ici.maxLength ?? 0) > 250 && !ici["x-motif"]);
  const champ = element(
    long ? "textarea" : "input",
    long ? { ...attributs, rows: "4" } : { ...attributs, type: "text" },
  );
  champ.value = valeur;
  return champ;
}
