// La collectivité d’une fiche devant les territoires de l’annuaire : les règles de
// generator/entries/checks/places.py.
// Un code postal est souvent aussi le code INSEE d’une autre commune ; le nom donné à côté lève le doute.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { constat, enumere } from "./problem.js";
import { endroits, texteDe, textesDe } from "./reading.js";
import { cleDeNom } from "./territories.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./territories.js").Lieux} Lieux */
/** @typedef {import("./territories.js").Lieu} Lieu */
/** @typedef {import("./rules.js").Regles} Regles */

/** @param {any} donnees @param {Lieux} lieux @param {Regles} regles @returns {Generator<Constat>} */
export function* checkPlaces(donnees, lieux, regles) {
  const [type, code, nom] = ["type", "code", "nom"].map((cle) => texteDe(donnees, "collectivite", cle));
  if (type && code) yield* collectivite(lieux, regles, type, code, nom);
  for (const [rang, un] of textesDe(donnees, "perimetre").entries()) {
    if (un && !lieux.departementsDe(un.length === 5 ? "commune" : "epci", un).length) {
      yield constat(["perimetre", rang], "perimetre-inconnu", { code: un });
    }
  }
  for (const [ou, lieu] of regles.places.flatMap((chemin) => endroits(donnees, chemin))) {
    yield* codeDuLieu(ou, lieu, lieux);
  }
}

/** Le code Insee du lieu d’une rencontre n’est pas un code postal ; hors de l’annuaire, il peut être n’importe quel autre.
 * @param {import("./problem.js").Chemin} ou @param {any} lieu @param {Lieux} lieux @returns {Generator<Constat>} */
function* codeDuLieu(ou, lieu, lieux) {
  const [code, nom, adresse] = ["code", "nom", "adresse"].map((cle) => texteDe(lieu, cle));
  const voulues = code ? lieuVoulu(lieux, code, ` ${sansAccents(`${nom} ${adresse}`)} `) : [];
  const communes = voulues.map((c) => `${c.code} pour ${c.nom}`);
  const plus = voulues.length === 1 ? { juste: voulues[0].code } : {};
  if (voulues.length)
    yield constat([...ou, "code"], "lieu-code-postal", { code, communes: enumere(communes, "ou") }, plus);
}

/** Les communes d’un code postal donné pour un code Insee, celles que le lieu nomme s’il en nomme.
 * @param {Lieux} lieux @param {string} code @param {string} mots @returns {Lieu[]} */
function lieuVoulu(lieux, code, mots) {
  const dit = (/** @type {Lieu} */ c) => mots.includes(` ${sansAccents(c.nom)} `);
  const postal = lieux.parPostal(code).filter((c) => c.code !== code),
    nommees = postal.filter(dit);
  const sien = lieux.commune(code);
  if (sien) return dit(sien) ? [] : nommees;
  if (lieux.ancienne(code)) return [];
  return nommees.length ? nommees : postal;
}

/** @param {Lieux} lieux @param {Regles} regles @param {string} type @param {string} code @param {string} nom @returns {Generator<Constat>} */
function* collectivite(lieux, regles, type, code, nom) {
  const epci = lieux.epci(code);
  if (["epci", "syndicat-mixte"].includes(type) && /^\d{9}$/.test(code) && !cleDeSiren(code))
    yield a("code", "siren-faux", { code });
  else if (type === "commune" && epci) yield a("code", "code-d-une-intercommunalite", { valeur: code, vrai: epci.nom });
  else if (type === "commune") yield* commune(lieux, regles, code, nom);
  else if (["epci", "departement", "region"].includes(type)) {
    const lieu = lieux.collectivite(type, code);
    if (!lieu) yield inconnu(lieux, type, code, nom);
    else if (nom && !sAppelle(nom, lieu, regles))
      yield a("nom", "nom-contredit-code", { code, nom, vrai: lieu.nom, de: lieu.de });
  }
}

/** La clé d’un SIREN (Insee ; formule de Luhn). @param {string} siren @returns {boolean} */
function cleDeSiren(siren) {
  const doubles = [...siren].reverse().map((chiffre, i) => Number(chiffre) * (i % 2 ? 2 : 1));
  return doubles.reduce((somme, n) => somme + (n > 9 ? n - 9 : n), 0) % 10 === 0;
}

/** @param {Lieux} lieux @param {Regles} regles @param {string} code @param {string} nom @returns {Generator<Constat>} */
function* commune(lieux, regles, code, nom) {
  const lieu = lieux.commune(code),
    postal = lieux.parPostal(code);
  if (!lieu) yield pasInsee(lieux, regles, code, nom, postal);
  else if (nom && !sAppelle(nom, lieu, regles)) yield contredit(lieux, regles, lieu, nom, postal);
  else if (!nom) {
    const autres = postal.filter((c) => c.code !== code);
    if (autres.length) yield a("code", "code-ambigu", { code, vrai: lieu.nom, de: lieu.de, autres: avecCodes(autres) });
  }
}

/** @param {Lieux} lieux @param {Regles} regles @param {string} code @param {string} nom @param {Lieu[]} postal @returns {Constat} */
function pasInsee(lieux, regles, code, nom, postal) {
  const ancienne = lieux.ancienne(code);
  if (ancienne) {
    const vrai = lieux.commune(ancienne.chefLieu)?.nom ?? "";
    return a("code", "ancien-code", { code, ancien: ancienne.nom || "une ancienne commune", vrai }, ancienne.chefLieu);
  }
  const nommees = postal.filter((c) => nom && sAppelle(nom, c, regles));
  const voulues = nommees.length ? nommees : postal;
  if (voulues.length === 1) return a("code", "code-postal", { code, vrai: voulues[0].de }, voulues[0].code);
  if (voulues.length) return a("code", "code-postal-partage", { code, communes: avecCodes(voulues) });
  return inconnu(lieux, "commune", code, nom);
}

/** @param {Lieux} lieux @param {Regles} regles @param {Lieu} lieu @param {string} nom @param {Lieu[]} postal @returns {Constat} */
function contredit(lieux, regles, { code, nom: sien, de }, nom, postal) {
  const duPostal = postal.filter((c) => sAppelle(nom, c, regles));
  const [voulue, ...autres] = duPostal.length ? duPostal : lieux.parNom(nom);
  if (voulue && !autres.length) {
    const quoi = postal.includes(voulue) ? "code-postal-pris" : "code-d-une-autre";
    return a("code", quoi, { code, autre: de, vrai: voulue.de }, voulue.code);
  }
  const epci = lieux.epciParNom(nom);
  if (epci.length === 1 && !lieux.parNom(nom).length) {
    return a("nom", "nom-d-une-intercommunalite", { code, nom, vrai: de, siren: epci[0].code });
  }
  return a("nom", "nom-contredit-code", { code, nom, vrai: sien, de });
}

/** @param {Lieux} lieux @param {string} type @param {string} code @param {string} nom @returns {Constat} */
function inconnu(lieux, type, code, nom) {
  const nommes = !nom ? [] : type === "commune" ? lieux.parNom(nom) : type === "epci" ? lieux.epciParNom(nom) : [];
  if (nommes.length === 1) return a("code", `${type}-inconnue-nommee`, { code, vrai: nommes[0].nom }, nommes[0].code);
  if (nommes.length && type === "commune") {
    return a("code", "commune-homonyme", {
      code,
      communes: enumere(
        nommes.map((c) => `${c.code} (${c.nom}, ${c.departementNom})`),
        "ou",
      ),
    });
  }
  return a("code", `${type}-inconnue`, { code });
}

/** Est-ce un nom de ce territoire ? Une intercommunalité se dit souvent sans son « Communauté ».
 * @param {string} nom @param {Lieu} lieu @param {Regles} regles @returns {boolean} */
export function sAppelle(nom, lieu, regles) {
  const noms = [lieu.nom, ...lieu.autresNoms];
  if (noms.some((un) => cleDeNom(un) === cleDeNom(nom))) return true;
  const propres = (/** @type {string} */ un) =>
    [...new Set(sansAccents(un).split(" "))]
      .filter((mot) => mot && !regles.words.of_places.split(" ").includes(mot))
      .sort()
      .join(" ");
  return lieu.type !== "commune" && propres(nom) !== "" && noms.some((un) => propres(un) === propres(nom));
}

/** @param {Lieu[]} communes */
const avecCodes = (communes) =>
  enumere(
    communes.map((c) => `${c.nom} (${c.code})`),
    "ou",
  );

/** @param {"code" | "nom"} cle @param {string} code @param {Record<string, string>} valeurs @param {string} [juste] */
const a = (cle, code, valeurs, juste) =>
  constat(["collectivite", cle], code, juste ? { ...valeurs, juste } : valeurs, juste ? { juste } : {});
