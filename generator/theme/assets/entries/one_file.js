// Ce qu’une fiche peut dire de faux à elle seule, au-delà de son schéma et de ses textes : generator/entries/checks/one_file.py.
// @ts-check
import { constat } from "./problem.js";
import { endroits, texteDe } from "./reading.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {{[cle: string]: any}} Donnees */

/** @param {Donnees} donnees @param {Outils} outils @returns {Generator<Constat>} */
export function* checkEntry(donnees, outils) {
  yield* checkPeriods(donnees, outils);
  yield* checkComposition(donnees);
  yield* checkDatedIds(donnees, outils);
  yield* checkBasis(donnees, outils);
  yield* checkFuture(donnees, outils);
  yield* checkMandate(donnees, outils);
}

/** Une fin avant son début. @param {Donnees} donnees @param {Outils} outils */
function* checkPeriods(donnees, { regles }) {
  const annee = new RegExp(regles.patterns.year, "u");
  for (const [ou, periode] of regles.periods.flatMap((chemin) => endroits(donnees, chemin))) {
    const [debut, fin] = ["debut", "fin"].map((cle) => texteDe(periode, cle));
    // Une année ou un jour seuls valent en entier : 2026 ne finit pas avant que 2026-03-15 commence.
    if (annee.test(debut) && annee.test(fin) && fin < debut.slice(0, fin.length)) {
      yield constat([...ou, "fin"], "fin-avant-debut", { debut, fin });
    }
  }
}

/** Les groupes ne dépassent pas le total ; les jeunes sont comptés aussi dans les autres. @param {Donnees} donnees */
function* checkComposition({ composition }) {
  const { total, jeunes: _, ...groupes } = composition ?? {};
  const somme = Object.values(groupes)
    .filter(Number.isInteger)
    .reduce((a, b) => a + b, 0);
  if (Number.isInteger(total) && somme > total) {
    yield constat(["composition", "total"], "composition-trop-grande", { somme, total });
  }
}

/** L’identifiant d’une rencontre, par défaut son jour, est unique : les agendas s’y fient.
 * @param {Donnees} donnees @param {Outils} outils */
function* checkDatedIds(donnees, { regles }) {
  for (const cle of regles.dated) {
    const vus = new Set();
    for (const [ou, une] of endroits(donnees, `${cle}.*`)) {
      const id = texteDe(une, "id") || texteDe(une, "debut").slice(0, 10);
      if (id && vus.has(id)) yield constat([...ou, texteDe(une, "id") ? "id" : "debut"], "id-en-double", { id, cle });
      vus.add(id);
    }
  }
}

/** Une base légale qui n’est pas celle du type. @param {Donnees} donnees @param {Outils} outils */
function* checkBasis(donnees, { bases }) {
  const [valeur, type] = [texteDe(donnees, "base_legale"), texteDe(donnees, "type")];
  const attendue = texteDe(bases, type);
  if (Object.values(bases).includes(valeur) && attendue.startsWith("cgct") && valeur !== attendue) {
    yield constat(["base_legale"], "base-legale-inattendue", { valeur, type, attendue });
  }
}

/** Ce qui est dit avoir eu lieu a eu lieu. @param {Donnees} donnees @param {Outils} outils */
function* checkFuture(donnees, { regles, aujourdhui }) {
  for (const cle of regles.past) {
    const valeur = texteDe(donnees, cle);
    if (new RegExp(regles.patterns.day, "u").test(valeur) && valeur > aujourdhui) {
      yield constat([cle], "date-future", { cle, valeur, aujourdhui });
    }
  }
}

/** Une commission active vérifiée après la fin du mandat qu’elle donne se contredit (CGCT, L2143-2).
 * @param {Donnees} donnees @param {Outils} outils */
function* checkMandate(donnees, { bases, echeances }) {
  const fin = texteDe(donnees, "mandat", "fin");
  const base = texteDe(donnees, "base_legale") || texteDe(bases, texteDe(donnees, "type"));
  // Une année ou un mois va jusqu’aux élections qu’il y eut alors, à défaut jusqu’à son dernier jour.
  const bout = /** @type {Record<number, string>} */ ({ 4: "-12-31", 7: "-31" })[fin.length] ?? "";
  const dernier = fin && (echeances.find((jour) => jour.startsWith(fin)) ?? `${fin}${bout}`);
  if (texteDe(donnees, "statut") !== "active" || base !== "cgct-l2143-2" || !dernier) return;
  const cle = ["verifiee_le", "inscrite_le"].find((une) => texteDe(donnees, une) > dernier);
  if (cle) yield constat(["statut"], "mandat-clos", { fin, cle, date: texteDe(donnees, cle) });
}
