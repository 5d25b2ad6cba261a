// Ce qu’une fiche peut dire de faux à elle seule, au-delà de son schéma : les règles de generator/checks (une fiche).
// @ts-check
import { constat, nomDe, placeDe, texteDe, tousLesTextes } from "./problem.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./problem.js").Chemin} Chemin */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {{[cle: string]: any}} Donnees */

/** @param {Donnees} donnees @param {Outils} outils @returns {Generator<Constat>} */
export function* reglesDeLaFiche(donnees, outils) {
  for (const [ou, texte] of tousLesTextes(donnees)) {
    yield* signes(ou, texte);
    yield* formule(ou, texte);
    yield* accents(ou, texte);
  }
  yield* periodes(donnees);
  yield* composition(donnees);
  yield* identifiants(donnees);
  yield* markdown(donnees);
  yield* mots(donnees);
  yield* capitales(donnees);
  yield* baseLegale(donnees, outils.bases);
  yield* dates(donnees, outils.aujourdhui);
  yield* mandat(donnees, outils);
}

const INTERDIT = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/;

/** Un signe qui change le sens de lecture ou commande un terminal. @param {Chemin} ou @param {string} texte */
function* signes(ou, texte) {
  const signe = INTERDIT.exec(texte)?.[0];
  if (signe === undefined) return;
  const nom = "\r\v\f\x85\u2028\u2029".includes(signe)
    ? "un saut de ligne d’un autre logiciel"
    : signe >= "\u061c" && !"\ufeff\ufffe\uffff".includes(signe)
      ? "un sens d’écriture forcé"
      : "un signe de commande";
  yield constat(ou, "signe-interdit", {
    nom,
    signe: `U+${signe.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  });
}

/** Un tableur exécute une cellule qui commence ainsi ; un numéro qui commence par +33 s’y lit aussi.
 * @param {Chemin} ou @param {string} texte */
function* formule(ou, texte) {
  if (/^[=+@]/.test(texte) && !texte.trimEnd().includes("\n") && ou.at(-1) !== "telephone") {
    yield constat(ou, "formule", { cle: nomDe(ou), signe: texte[0] });
  }
}

// Un texte en UTF-8 relu en Windows-1252, et le signe qui remplace ce qui n’a pas pu être lu. Les lettres d’avant sont comptées :
// sans limite, un mot de cent mille lettres prendrait des minutes.
const ABIMES =
  /[\p{L}\p{N}_]{0,40}(?:Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\u009d“”¦]|Â[\u00a0«»°]|\ufffd)[\p{L}\p{N}_]*/gu;

/** @param {Chemin} ou @param {string} texte */
function* accents(ou, texte) {
  for (const trouve of texte.matchAll(ABIMES)) {
    yield constat(ou, "accents-abimes", { valeur: trouve[0] }, { place: placeDe(ou, trouve.index) });
  }
}

const DEPUIS_UNE_ANNEE = /^\d{4}(?:-|$)/;

/** Une fin avant son début. @param {Donnees} donnees */
function* periodes(donnees) {
  /** @type {Chemin[]} */
  const ou = [["mandat"], ...rencontres(donnees).map(([rang]) => ["rencontres", rang])];
  for (const ici of ou) {
    const debut = texteDe(donnees, ...ici, "debut"),
      fin = texteDe(donnees, ...ici, "fin");
    // Une année ou un jour seuls valent en entier : 2026 ne finit pas avant que 2026-03-15 commence.
    if (DEPUIS_UNE_ANNEE.test(debut) && DEPUIS_UNE_ANNEE.test(fin) && fin < debut.slice(0, fin.length)) {
      yield constat([...ici, "fin"], "fin-avant-debut", { debut, fin });
    }
  }
}

/** Les rencontres qui en sont, avec leur rang. @param {Donnees} donnees @returns {[number, Donnees][]} */
const rencontres = (donnees) =>
  Array.isArray(donnees.rencontres)
    ? [...donnees.rencontres.entries()].filter(([, une]) => une !== null && typeof une === "object")
    : [];

/** Les groupes ne dépassent pas le total ; les jeunes sont comptés aussi dans les autres. @param {Donnees} donnees */
function* composition(donnees) {
  const { total, ...groupes } = donnees.composition ?? {};
  const somme = Object.entries(groupes).reduce(
    (a, [cle, nombre]) => (cle !== "jeunes" && Number.isInteger(nombre) ? a + nombre : a),
    0,
  );
  if (Number.isInteger(total) && somme > total) {
    yield constat(["composition", "total"], "composition-trop-grande", { somme, total });
  }
}

/** L’identifiant d’une rencontre, par défaut son jour, est unique : les agendas s’y fient. @param {Donnees} donnees */
function* identifiants(donnees) {
  const vus = new Set();
  for (const [rang, une] of rencontres(donnees)) {
    const id = texteDe(une, "id") || texteDe(une, "debut").slice(0, 10);
    if (id && vus.has(id)) {
      yield constat(["rencontres", rang, texteDe(une, "id") ? "id" : "debut"], "id-en-double", {
        id,
        cle: "rencontres",
      });
    }
    vus.add(id);
  }
}

/** La description est en Markdown sans HTML, et la page a déjà son titre. @param {Donnees} donnees */
function* markdown(donnees) {
  const texte = texteDe(donnees, "description");
  for (const [code, motif] of /** @type {[string, RegExp][]} */ ([
    ["html", /<[a-zA-Z/!][^>]*>?/],
    ["titre-de-niveau-1", /^# /m],
  ])) {
    const trouve = motif.exec(texte);
    if (trouve)
      yield constat(["description"], code, { cle: "description" }, { place: placeDe(["description"], trouve.index) });
  }
}

/** Ce qui nomme a des lettres ou des chiffres : vide, ou « ?! », un lien n’aurait pas de nom. @param {Donnees} donnees */
function* mots(donnees) {
  for (const ou of /** @type {Chemin[]} */ ([
    ["nom"],
    ["resume"],
    ...rencontres(donnees).map(([rang]) => ["rencontres", rang, "objet"]),
  ])) {
    const texte = texteDe(donnees, ...ou);
    if (texte && !/[\p{L}\p{N}]/u.test(texte))
      yield constat(ou, "texte-sans-mot", { cle: nomDe(ou), exemple: `${ou.at(-1)}: …` });
  }
}

/** Un nom tout en capitales ; un nom court est peut-être un sigle. @param {Donnees} donnees */
function* capitales(donnees) {
  const lettres = texteDe(donnees, "nom").match(/\p{L}/gu) ?? [];
  if (lettres.length > 12 && lettres.every((lettre) => /\p{Lu}/u.test(lettre))) {
    yield constat(["nom"], "nom-en-capitales", { cle: "nom" });
  }
}

/** Une base légale qui n’est pas celle du type. @param {Donnees} donnees @param {Record<string, string>} bases par type */
function* baseLegale(donnees, bases) {
  const valeur = texteDe(donnees, "base_legale"),
    type = texteDe(donnees, "type");
  const attendue = Object.hasOwn(bases, type) ? bases[type] : "";
  if (Object.values(bases).includes(valeur) && attendue.startsWith("cgct") && valeur !== attendue) {
    yield constat(["base_legale"], "base-legale-inattendue", { valeur, type, attendue });
  }
}

/** Ce qui est dit avoir eu lieu a eu lieu. @param {Donnees} donnees @param {string} aujourdhui */
function* dates(donnees, aujourdhui) {
  for (const cle of ["inscrite_le", "verifiee_le"]) {
    const valeur = texteDe(donnees, cle);
    if (/^\d{4}-\d{2}-\d{2}$/.test(valeur) && valeur > aujourdhui) {
      yield constat([cle], "date-future", { cle, valeur, aujourdhui });
    }
  }
}

/** Une commission active vérifiée après la fin du mandat qu’elle donne se contredit (CGCT, L2143-2).
 * @param {Donnees} donnees @param {Outils} outils */
function* mandat(donnees, { bases, echeances }) {
  const type = texteDe(donnees, "type"),
    fin = texteDe(donnees, "mandat", "fin");
  const base = texteDe(donnees, "base_legale") || (Object.hasOwn(bases, type) ? bases[type] : "");
  // Une année seule va jusqu’aux élections de cette année-là, à défaut jusqu’à son dernier jour.
  const dernier = fin.length === 4 ? (echeances.find((jour) => jour.startsWith(fin)) ?? `${fin}-12-31`) : fin;
  if (texteDe(donnees, "statut") !== "active" || base !== "cgct-l2143-2" || !dernier) return;
  const cle = ["verifiee_le", "inscrite_le"].find((une) => texteDe(donnees, une) > dernier);
  if (cle) yield constat(["statut"], "mandat-clos", { fin, cle, date: texteDe(donnees, cle) });
}
