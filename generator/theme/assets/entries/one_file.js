// Ce qu’une fiche peut dire de faux à elle seule, au-delà de son schéma et de ses textes : generator/entries/checks/one_file.py.
// @ts-check
import { checkForms } from "./forms.js";
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
  yield* checkFuture(donnees, outils);
  yield* checkForms(donnees, outils);
}

/** Une fin avant son début. @param {Donnees} donnees @param {Outils} outils */
function* checkPeriods(donnees, { regles }) {
  const annee = new RegExp(regles.patterns.year, "u");
  for (const [ou, periode] of endroits(donnees, ...regles.periods)) {
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

/** Ce qui est dit avoir eu lieu a eu lieu. @param {Donnees} donnees @param {Outils} outils */
function* checkFuture(donnees, { regles, aujourdhui }) {
  for (const cle of regles.past) {
    const valeur = texteDe(donnees, cle);
    if (new RegExp(regles.patterns.day, "u").test(valeur) && valeur > aujourdhui) {
      yield constat([cle], "date-future", { cle, valeur, aujourdhui });
    }
  }
}
