// La collectivité d’une fiche devant les territoires de l’annuaire : les fautes de generator/entries/checks/places.py.
// Ce qu’un nom ou un code veut dire se lit dans `shared/places.js`, ici comme partout.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { luhn } from "../shared/place_codes.js";
import { constat, enumere } from "./problem.js";
import { endroits, texteDe } from "./reading.js";

/** @typedef {import("./problem.js").Chemin} Chemin */
/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./territories.js").Lieux} Lieux */
/** @typedef {import("./territories.js").Lieu} Lieu */
/** @typedef {import("./territories.js").Lecture} Lecture */
/** @typedef {import("./rules.js").Regles} Regles */

/** @param {any} donnees @param {Lieux} lieux @param {Regles} regles @returns {Generator<Constat>} */
export function* checkPlaces(donnees, lieux, regles) {
  const [type, code, nom] = ["type", "code", "nom"].map((cle) => texteDe(donnees, "collectivite", cle));
  if (type && code) yield* checkCollectivite(lieux, type, code, nom);
  for (const [cle, { motif, unknown }] of Object.entries(regles.codes)) {
    for (const [ou, un] of endroits(donnees, `${cle}.*`)) {
      if (typeof un !== "string" || !un || lieux.deCode(un, regles.kinds[motif])) continue;
      const { nom: ancien, places } = lieux.ancien(un);
      yield places.length === 1 ? remplace(ou, un, ancien, places[0]) : dit(ou, unknown, { code: un });
    }
  }
  for (const [ou, lieu] of endroits(donnees, ...regles.places)) yield* checkPlace([...ou, "code"], lieu, lieux);
}

/** Le code Insee du lieu d’une rencontre n’est ni un code postal ni un ancien code ; hors de l’annuaire, il peut être n’importe
 * quel autre. @param {Chemin} ou @param {any} lieu @param {Lieux} lieux @returns {Generator<Constat>} */
function* checkPlace(ou, lieu, lieux) {
  const [code, nom, adresse] = ["code", "nom", "adresse"].map((cle) => texteDe(lieu, cle));
  const voulues = lecturesVoulues(lieux, code, ` ${sansAccents(`${nom} ${adresse}`)} `);
  const sortes = new Set(voulues.map(({ how }) => how));
  if (sortes.size > 1) yield dit(ou, "lieu-a-deux-lectures", { code, lectures: lieux.enClair(voulues) });
  else if (voulues.length) {
    const communes = [...new Set(voulues.map(({ place }) => place))];
    const quoi = sortes.has("ancien-code") ? "lieu-ancien-code" : "lieu-code-postal";
    const noms = communes.map((c) => `${c.code} pour ${c.nom}`);
    yield dit(ou, quoi, { code, communes: enumere(noms, "ou") }, communes.length === 1 ? communes[0].code : undefined);
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
function* checkCollectivite(lieux, type, code, nom) {
  const [lieu, epci] = [lieux.collectivite(type, code), lieux.collectivite("epci", code)];
  const { nom: ancien, places: suivants } = lieux.ancien(code);
  if (["epci", "syndicat-mixte"].includes(type) && /^\d{9}$/.test(code) && !luhn(code))
    yield dit(CODE, "siren-faux", { code });
  else if (type === "commune" && epci) yield dit(CODE, "code-d-une-intercommunalite", { valeur: code, vrai: epci.nom });
  else if (type === "commune") yield* checkCommune(lieux, lieu, code, nom);
  else if (type === "epci" && suivants.length === 1) yield remplace(CODE, code, ancien, suivants[0]);
  else if (type === "epci" && suivants.length)
    yield dit(CODE, "epci-partagee", { code, ancien, vrais: avecCodes(suivants) });
  else if (["epci", "departement", "region"].includes(type) && !lieu?.entier) yield inconnu(lieux, type, code, nom);
  else if (lieu && nom && !lieux.sAppelle(nom, lieu)) yield contredit(code, nom, lieu);
}

/** @param {Lieux} lieux @param {Lieu | undefined} lieu celle de ce code @param {string} code @param {string} nom
 * @returns {Generator<Constat>} */
function* checkCommune(lieux, lieu, code, nom) {
  const lectures = code.length === 5 ? lieux.lectures(code) : [];
  const nommees = lectures.filter(({ place }) => nom && lieux.sAppelle(nom, place));
  if (!lieu) yield pasInsee(lieux, code, nom, nommees.length ? nommees : lectures, nommees.length > 0);
  else if (nom && !lieux.sAppelle(nom, lieu)) yield autreNom(lieux, lieu, nom, nommees);
  else if (!nom) {
    const autres = lectures.map(({ place }) => place).filter((place) => place !== lieu);
    if (autres.length) yield dit(CODE, "code-ambigu", { code, vrai: lieu.nom, de: lieu.de, autres: avecCodes(autres) });
  }
}

/** Un code qui n’est celui d’aucune commune d’aujourd’hui : le nom dit laquelle de ses lectures est la bonne.
 * @param {Lieux} lieux @param {string} code @param {string} nom @param {Lecture[]} voulues @param {boolean} nommees par le nom
 * @returns {Constat} */
function pasInsee(lieux, code, nom, voulues, nommees) {
  if (!voulues.length) return inconnu(lieux, "commune", code, nom);
  const [{ place, how }, ...autres] = voulues;
  if (autres.length)
    return voulues.every((lecture) => lecture.how === "code-postal")
      ? dit(CODE, "code-postal-partage", { code, communes: avecCodes(voulues.map((une) => une.place)) })
      : dit(CODE, "code-a-deux-lectures", { code, lectures: lieux.enClair(voulues) });
  if (nom && !nommees) return contredit(code, nom, place);
  if (how === "code-postal") return dit(CODE, "code-postal", { code, vrai: place.de }, place.code);
  return remplace(CODE, code, lieux.ancien(code).nom, place);
}

/** Le nom n’est pas celui de la commune qui a ce code.
 * @param {Lieux} lieux @param {Lieu} lieu @param {string} nom @param {Lecture[]} nommees @returns {Constat} */
function autreNom(lieux, lieu, nom, nommees) {
  const { code, de: autre } = lieu;
  if (nommees.length === 1) {
    const [{ place }] = nommees;
    return dit(CODE, "code-postal-pris", { code, autre, vrai: place.de }, place.code);
  }
  const lu = lieux.lit(nom);
  const nomme = lu.answer === "un" ? /** @type {Lieu} */ (lu.place) : undefined;
  if (nomme?.type === "commune") return dit(CODE, "code-d-une-autre", { code, autre, vrai: nomme.de }, nomme.code);
  if (nomme?.type === "epci")
    return dit(NOM, "nom-d-une-intercommunalite", { code, nom, vrai: autre, siren: nomme.code });
  return contredit(code, nom, lieu);
}

/** Un code de personne : lequel est voulu, quand le nom le dit.
 * @param {Lieux} lieux @param {string} type @param {string} code @param {string} nom @returns {Constat} */
function inconnu(lieux, type, code, nom) {
  const lu = lieux.lit(nom, { type });
  if (lu.answer === "un" && ["commune", "epci"].includes(type))
    return dit(CODE, `${type}-inconnue-nommee`, { code, vrai: lu.place.nom }, lu.place.code);
  if (lu.answer === "plusieurs" && type === "commune") {
    const homonymes = lu.found.map(
      ({ place }) => `${place.code} (${place.nom}, ${lieux.nomDuDepartement(place.departements[0])})`,
    );
    return dit(CODE, "commune-homonyme", { code, communes: enumere(homonymes, "ou") });
  }
  return dit(CODE, `${type}-inconnue`, { code, ...lieux.couverts[type] });
}

const [CODE, NOM] = ["code", "nom"].map((cle) => ["collectivite", cle]);

/** @param {Chemin} ou @param {string} code @param {Record<string, string>} valeurs @param {string} [juste] */
const dit = (ou, code, valeurs, juste) => constat(ou, code, juste ? { ...valeurs, juste } : valeurs, { juste });

/** @param {Chemin} ou @param {string} code @param {string} ancien @param {Lieu} lieu qui a pris la suite */
const remplace = (ou, code, ancien, lieu) => dit(ou, "ancien-code", { code, ancien, vrai: lieu.nom }, lieu.code);

/** @param {string} code @param {string} nom @param {Lieu} lieu */
const contredit = (code, nom, lieu) => dit(NOM, "nom-contredit-code", { code, nom, vrai: lieu.nom, de: lieu.de });

/** @param {Lieu[]} lieux */
const avecCodes = (lieux) => enumere([...new Set(lieux.map((un) => `${un.nom} (${un.code})`))], "ou");
