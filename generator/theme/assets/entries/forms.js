// Ce qui va avec une forme de COP, sa collectivité, sa base légale, son mandat : generator/entries/checks/forms.py.
// @ts-check
import { constat, enumere } from "./problem.js";
import { texteDe } from "./reading.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {{[cle: string]: any}} Donnees */

/** @param {Donnees} donnees @param {Outils} outils @returns {Generator<Constat>} */
export function* checkForms(donnees, { schema, echeances, regles }) {
  const { type, collectivite } = schema.properties;
  if (!collectivite) return; // une formation, une actualité n’ont pas de forme
  const [forme, niveau] = [texteDe(donnees, "type"), texteDe(donnees, "collectivite", "type")];
  const { "x-base-legale": bases, "x-echelle": porteurs } = type;
  const habituelle = texteDe(bases, forme, niveau);
  yield* checkBearer(forme, niveau, porteurs, collectivite.properties.type["x-phrase"]);
  yield* checkBasis(donnees, forme, habituelle, bases);
  const duMandat = (texteDe(donnees, "base_legale") || habituelle) === regles.ends_with_the_term;
  if (duMandat && texteDe(donnees, "statut") === "active") yield* checkMandate(donnees, echeances);
}

/** Une forme qu’une telle collectivité ne porte pas.
 * @param {string} forme @param {string} niveau @param {Record<string, string[]>} porteurs @param {Donnees} mots */
function* checkBearer(forme, niveau, porteurs, mots) {
  const porteur = texteDe(mots, niveau);
  const possibles = Object.hasOwn(porteurs, forme) ? porteurs[forme] : [niveau];
  if (porteur && !possibles.includes(niveau)) {
    const attendu = enumere(
      possibles.map((un) => mots[un]),
      "ou",
    );
    yield constat(["type"], "forme-et-collectivite", { forme, porteur, attendu });
  }
}

/** Une base légale qui n’est pas celle de la forme, pour cette collectivité.
 * @param {Donnees} donnees @param {string} type @param {string} attendue @param {Donnees} bases */
function* checkBasis(donnees, type, attendue, bases) {
  const valeur = texteDe(donnees, "base_legale");
  const toutes = Object.values(bases).flatMap((une) => Object.values(une));
  if (attendue && toutes.includes(valeur) && valeur !== attendue) {
    yield constat(["base_legale"], "base-legale-inattendue", { valeur, type, attendue });
  }
}

/** Une commission active vérifiée après la fin du mandat qu’elle donne se contredit (CGCT, L2143-2).
 * @param {Donnees} donnees @param {string[]} echeances */
function* checkMandate(donnees, echeances) {
  const fin = texteDe(donnees, "mandat", "fin");
  // Une année ou un mois va jusqu’aux élections qu’il y eut alors, à défaut jusqu’à son dernier jour.
  const bout = /** @type {Record<number, string>} */ ({ 4: "-12-31", 7: "-31" })[fin.length] ?? "";
  const dernier = fin && (echeances.find((jour) => jour.startsWith(fin)) ?? `${fin}${bout}`);
  const cle = dernier && ["verifiee_le", "inscrite_le"].find((une) => texteDe(donnees, une) > dernier);
  if (cle) yield constat(["statut"], "mandat-clos", { fin, cle, date: texteDe(donnees, cle) });
}
