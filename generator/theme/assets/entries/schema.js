// Le schéma d’une fiche, tel que le site le publie : chaque renvoi remplacé par ce qu’il nomme, puis parcouru.
// @ts-check

/** Un nœud du schéma, ou le schéma entier. @typedef {{[mot: string]: any}} Noeud */

/** Le schéma où chaque `$ref` est remplacé par ce qu’il nomme ; ce qui est écrit à côté du renvoi l’emporte.
 * @param {Noeud} publie `donnees/schema/cop.schema.json` @returns {Noeud} */
export const ouvre = (publie) => remplace(publie, publie.$defs ?? {});

/** @param {any} noeud @param {Noeud} definitions @returns {any} */
function remplace(noeud, definitions) {
  if (Array.isArray(noeud)) return noeud.map((un) => remplace(un, definitions));
  if (noeud === null || typeof noeud !== "object") return noeud;
  const { $ref: renvoi, $defs: _, ...mots } = noeud;
  const nu = Object.fromEntries(Object.entries(mots).map(([mot, valeur]) => [mot, remplace(valeur, definitions)]));
  return renvoi ? { ...remplace(definitions[renvoi.slice("#/$defs/".length)], definitions), ...nu } : nu;
}

/** Ce que le schéma dit d’un chemin, `rencontres.0.debut` ou `rencontres.debut` ; rien quand il ne le connaît pas.
 * @param {Noeud} schema ouvert @param {string} chemin @returns {Noeud | undefined} */
export function noeud(schema, chemin) {
  /** @type {Noeud | undefined} */
  let ici = schema;
  for (const pas of chemin.split(".")) {
    const la = estRang(pas) ? ici.items : champ(ici.items ?? ici, pas);
    if (la === undefined) return undefined;
    ici = /** @type {Noeud} */ (la);
  }
  return ici;
}

/** Ce que le schéma dit d’une clé d’un groupe ; les clés que tout objet connaît n’en sont pas.
 * @param {Noeud} groupe @param {string} cle @returns {Noeud | undefined} */
export const champ = (groupe, cle) =>
  groupe.properties && Object.hasOwn(groupe.properties, cle) ? groupe.properties[cle] : undefined;

/** Le libellé d’un choix ; tout autre texte, tel quel. @param {Noeud | undefined} ici @param {string} mot @returns {string} */
export const libelle = (ici, mot) => choixDe(ici).get(mot) ?? mot;

/** Le libellé d’un choix, quelle que soit la clé qui le propose ; tout autre texte, tel quel. @param {Noeud} schema
 * @param {string} mot @returns {string} */
export function libelleConnu(schema, mot) {
  const sous = Object.values((schema.items ?? schema).properties ?? {});
  return [libelle(schema, mot), ...sous.map((un) => libelleConnu(un, mot))].find((dit) => dit !== mot) ?? mot;
}

/** @param {string} pas @returns {boolean} */
export const estRang = (pas) => /^\d+$/.test(pas);

/** Une valeur simple telle qu’une fiche l’écrit : oui, non, null, un nombre, un texte. @param {any} valeur @returns {string} */
export const ecrite = (valeur) => (typeof valeur === "boolean" ? (valeur ? "oui" : "non") : String(valeur));

/** Les types que le schéma admet, et s’il admet aussi null. @param {Noeud} noeud @returns {{noms: string[], nul: boolean}} */
export function typesDe({ type = [] }) {
  const tous = [type].flat();
  return { noms: tous.filter((nom) => nom !== "null"), nul: tous.includes("null") };
}

/** Les choix d’une question, ou des éléments de sa liste, tels qu’une fiche les écrit, avec leur libellé ; oui ou non en sont.
 * @param {Noeud | undefined} noeud @returns {Map<string, string>} */
export function choixDe(noeud = {}) {
  const { enum: choix, enumDescriptions: dits, ...ici } = noeud.items ?? noeud;
  if (choix)
    return new Map(
      choix.flatMap((/** @type {any} */ un, /** @type {number} */ i) =>
        un === null ? [] : [[ecrite(un), dits?.[i] ?? ecrite(un)]],
      ),
    );
  return new Map(
    typesDe(ici).noms.join() === "boolean"
      ? [
          ["oui", "Oui"],
          ["non", "Non"],
        ]
      : [],
  );
}
