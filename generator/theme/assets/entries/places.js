// La collectivité d’une fiche devant les territoires de l’annuaire : les fautes de generator/entries/checks/places.py.
// Ce qu’un nom ou un code veut dire se lit dans `shared/places.js`, ici comme partout.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { luhn } from "../shared/place_codes.js";
import { constat, enumere } from "./problem.js";
import { endroits, texteDe, textesDe } from "./reading.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./territories.js").Lieux} Lieux */
/** @typedef {import("./territories.js").Lieu} Lieu */
/** @typedef {{place: Lieu, how: string}} Lecture */
/** @typedef {import("./rules.js").Regles} Regles */

/** @param {any} donnees @param {Lieux} lieux @param {Regles} regles @returns {Generator<Constat>} */
export function* checkPlaces(donnees, lieux, regles) {
  const [type, code, nom] = ["type", "code", "nom"].map((cle) => texteDe(donnees, "collectivite", cle));
  if (type && code) yield* collectivite(lieux, type, code, nom);
  for (const [rang, un] of textesDe(donnees, "perimetre").entries()) {
    if (un && !lieux.departementsDe(un.length === 5 ? "commune" : "epci", un).length) {
      yield ancienOu(lieux, ["perimetre", rang], un, "perimetre-inconnu");
    }
  }
  for (const [rang, un] of textesDe(donnees, "territoires").entries()) {
    if (un && !SORTES_DE_TERRITOIRE.some((sorte) => lieux.collectivite(sorte, un)))
      yield ancienOu(lieux, ["territoires", rang], un, "territoire-inconnu");
  }
  for (const [ou, lieu] of regles.places.flatMap((chemin) => endroits(donnees, chemin))) {
    yield* codeDuLieu([...ou, "code"], lieu, lieux);
  }
}

const SORTES_DE_TERRITOIRE = ["commune", "epci", "departement", "region"];

/** Un code d’une liste : celui d’avant d’un seul territoire, sinon celui de personne.
 * @param {Lieux} lieux @param {import("./problem.js").Chemin} ou @param {string} code @param {string} sinon @returns {Constat} */
function ancienOu(lieux, ou, code, sinon) {
  const commune = lieux.lectures(code).find(({ how }) => how === "ancien-code");
  const epci = lieux.ancienneEpci(code);
  const vrai = commune?.place ?? (epci?.places.length === 1 ? epci.places[0] : undefined);
  if (!vrai) return constat(ou, sinon, { code });
  const ancien = commune ? lieux.ancienNom(code) || SANS_NOM : (epci?.nom ?? "");
  return constat(ou, "ancien-code", { code, ancien, vrai: vrai.nom, juste: vrai.code }, { juste: vrai.code });
}

const SANS_NOM = "une ancienne commune";

/** Le code Insee du lieu d’une rencontre n’est ni un code postal ni un ancien code ; hors de l’annuaire, il peut être n’importe
 * quel autre. @param {import("./problem.js").Chemin} ou @param {any} lieu @param {Lieux} lieux @returns {Generator<Constat>} */
function* codeDuLieu(ou, lieu, lieux) {
  const [code, nom, adresse] = ["code", "nom", "adresse"].map((cle) => texteDe(lieu, cle));
  const voulues = lecturesVoulues(lieux, code, ` ${sansAccents(`${nom} ${adresse}`)} `);
  if (!voulues.length) return;
  const communes = [...new Set(voulues.map(({ place }) => place))];
  const sortes = new Set(voulues.map(({ how }) => how));
  if (sortes.size > 1) yield constat(ou, "lieu-a-deux-lectures", { code, lectures: enClair(voulues) });
  else {
    const quoi = sortes.has("ancien-code") ? "lieu-ancien-code" : "lieu-code-postal";
    const plus = communes.length === 1 ? { juste: communes[0].code } : {};
    const noms = communes.map((c) => `${c.code} pour ${c.nom}`);
    yield constat(ou, quoi, { code, communes: enumere(noms, "ou") }, plus);
  }
}

/** Ce qu’un code veut dire d’autre que la commune du lieu, selon ce que le lieu nomme s’il nomme quelque chose.
 * @param {Lieux} lieux @param {string} code @param {string} mots @returns {Lecture[]} */
function lecturesVoulues(lieux, code, mots) {
  const lectures = code.length === 5 ? lieux.lectures(code) : [];
  const nommees = lectures.filter(({ place }) =>
    [place.nom, ...place.anciensNoms].some((nom) => mots.includes(` ${sansAccents(nom)} `)),
  );
  if (lectures[0]?.how !== "insee") return nommees.length ? nommees : lectures;
  return nommees.includes(lectures[0]) ? [] : nommees;
}

/** @param {Lieux} lieux @param {string} type @param {string} code @param {string} nom @returns {Generator<Constat>} */
function* collectivite(lieux, type, code, nom) {
  const epci = lieux.epci(code);
  if (["epci", "syndicat-mixte"].includes(type) && /^\d{9}$/.test(code) && !luhn(code))
    yield a("code", "siren-faux", { code });
  else if (type === "commune" && epci) yield a("code", "code-d-une-intercommunalite", { valeur: code, vrai: epci.nom });
  else if (type === "commune") yield* commune(lieux, code, nom);
  else if (["epci", "departement", "region"].includes(type)) {
    const lieu = lieux.collectivite(type, code);
    const ancienne = lieux.ancienneEpci(code);
    if (ancienne?.places.length) yield remplacee(code, ancienne);
    else if (!lieu?.entier) yield inconnu(lieux, type, code, nom);
    else if (nom && !lieux.sAppelle(nom, lieu)) yield contredit(code, nom, lieu);
  }
}

/** Une intercommunalité qui n’existe plus : qui l’a reprise, si une seule l’a fait.
 * @param {string} code @param {import("../shared/place_index.js").Former} ancienne @returns {Constat} */
function remplacee(code, { nom: ancien, places: [vrai, ...autres] }) {
  if (!autres.length) return a("code", "ancien-code", { code, ancien, vrai: vrai.nom }, vrai.code);
  const vrais = enumere(
    [vrai, ...autres].map((un) => `${un.nom} (${un.code})`),
    "ou",
  );
  return a("code", "epci-partagee", { code, ancien, vrais });
}

/** @param {Lieux} lieux @param {string} code @param {string} nom @returns {Generator<Constat>} */
function* commune(lieux, code, nom) {
  const lieu = lieux.commune(code);
  const lectures = code.length === 5 ? lieux.lectures(code) : [];
  if (!lieu) yield pasInsee(lieux, code, nom, lectures);
  else if (nom && !lieux.sAppelle(nom, lieu)) yield autreNom(lieux, lieu, nom, lectures);
  else if (!nom) {
    const autres = lectures.filter(({ place }) => place !== lieu);
    if (autres.length) yield a("code", "code-ambigu", { code, vrai: lieu.nom, de: lieu.de, autres: avecCodes(autres) });
  }
}

/** Un code qui n’est celui d’aucune commune d’aujourd’hui : le nom dit laquelle de ses lectures est la bonne.
 * @param {Lieux} lieux @param {string} code @param {string} nom @param {Lecture[]} lectures @returns {Constat} */
function pasInsee(lieux, code, nom, lectures) {
  const nommees = lectures.filter(({ place }) => nom && lieux.sAppelle(nom, place));
  const voulues = nommees.length ? nommees : lectures;
  if (!voulues.length) return inconnu(lieux, "commune", code, nom);
  const [{ place, how }, ...autres] = voulues;
  if (autres.length)
    return voulues.every((lecture) => lecture.how === "code-postal")
      ? a("code", "code-postal-partage", { code, communes: avecCodes(voulues) })
      : a("code", "code-a-deux-lectures", { code, lectures: enClair(voulues) });
  if (nom && !nommees.length) return contredit(code, nom, place);
  if (how === "code-postal") return a("code", "code-postal", { code, vrai: place.de }, place.code);
  const ancien = lieux.ancienNom(code) || SANS_NOM;
  return a("code", "ancien-code", { code, ancien, vrai: place.nom }, place.code);
}

/** Le nom n’est pas celui de la commune qui a ce code.
 * @param {Lieux} lieux @param {Lieu} lieu @param {string} nom @param {Lecture[]} lectures @returns {Constat} */
function autreNom(lieux, lieu, nom, lectures) {
  const { code, de } = lieu;
  const voulues = lectures.filter(({ place }) => lieux.sAppelle(nom, place));
  if (voulues.length === 1) {
    const { place } = voulues[0];
    return a("code", "code-postal-pris", { code, autre: de, vrai: place.de }, place.code);
  }
  const lu = lieux.lit(nom);
  if (lu.answer === "un" && lu.place.type === "commune") {
    const autre = /** @type {Lieu} */ (lu.place);
    return a("code", "code-d-une-autre", { code, autre: de, vrai: autre.de }, autre.code);
  }
  if (lu.answer === "un" && lu.place.type === "epci")
    return a("nom", "nom-d-une-intercommunalite", { code, nom, vrai: de, siren: lu.place.code });
  return contredit(code, nom, lieu);
}

/** @param {string} code @param {string} nom @param {Lieu} lieu @returns {Constat} */
const contredit = (code, nom, lieu) => a("nom", "nom-contredit-code", { code, nom, vrai: lieu.nom, de: lieu.de });

/** Un code de personne : lequel est voulu, quand le nom le dit.
 * @param {Lieux} lieux @param {string} type @param {string} code @param {string} nom @returns {Constat} */
function inconnu(lieux, type, code, nom) {
  const lu = lieux.lit(nom, { type });
  if (lu.answer === "un" && ["commune", "epci"].includes(type))
    return a("code", `${type}-inconnue-nommee`, { code, vrai: lu.place.nom }, lu.place.code);
  if (lu.answer === "plusieurs" && type === "commune") {
    const homonymes = lu.found.map(
      ({ place }) => `${place.code} (${place.nom}, ${lieux.departement(place.departements[0])?.nom})`,
    );
    return a("code", "commune-homonyme", { code, communes: enumere(homonymes, "ou") });
  }
  return a("code", `${type}-inconnue`, { code, ...couverts(lieux, type) });
}

/** Les départements, ou les régions, qui sont tout entiers dans l’annuaire. @param {Lieux} lieux @param {string} type
 * @returns {Record<string, string>} */
function couverts(lieux, type) {
  if (type !== "departement" && type !== "region") return {};
  const lesquels = lieux.tous(type).filter(({ entier }) => entier);
  const noms = lesquels.map(({ nom, code }) => `${nom} (${code})`);
  const codes = lesquels.map(({ code }) => code);
  return { couverts: enumere(noms), codes: enumere(codes, "ou") };
}

/** @param {Lecture[]} lectures */
const avecCodes = (lectures) =>
  enumere([...new Set(lectures.map(({ place }) => `${place.nom} (${place.code})`))], "ou");

/** Communes nommées d’un code qui en désigne beaucoup : `most` de generator/territories/words.json. */
const NOMMEES = 3;

/** @type {Record<string, string>} */
const SORTES = {
  insee: "code INSEE",
  "ancien-code": "ancien code INSEE",
  "code-postal": "code postal",
  siren: "SIREN",
  "ancien-siren": "ancien SIREN",
  numero: "numéro",
};

/** « ancien code INSEE de Morlaix (29151) et code postal de Brest (29019) ». @param {Lecture[]} lectures */
export function enClair(lectures) {
  const sortes = [...new Set(lectures.map(({ how }) => how))];
  const places = (/** @type {string} */ sorte) => {
    const noms = lectures.filter(({ how }) => how === sorte).map(({ place }) => `${place.de} (${place.code})`);
    // Un code postal peut être celui de quinze communes, qu’aucune phrase ne peut tenir.
    const reste = noms.length - NOMMEES;
    return reste < 2 ? noms : [...noms.slice(0, NOMMEES), `de ${reste} autres communes`];
  };
  return enumere(
    sortes.map((sorte) => `${SORTES[sorte]} ${enumere(places(sorte), "et")}`),
    "et",
  );
}

/** @param {"code" | "nom"} cle @param {string} code @param {Record<string, string>} valeurs @param {string} [juste] */
const a = (cle, code, valeurs, juste) =>
  constat(["collectivite", cle], code, juste ? { ...valeurs, juste } : valeurs, juste ? { juste } : {});
