// Les territoires de l’annuaire : communes, intercommunalités, départements, région. Les retrouver par leur code, leur
// code postal, leur nom ou leur ancien nom ; les nommer dans une phrase.
// @ts-check
import { cherche as chercheCommunes, communes } from "../finder/communes.js";
import { charge, plie } from "../shared/data.js";

/** @typedef {"commune" | "epci" | "departement" | "region"} Sorte le `type` de la collectivité d’une fiche */
/** @typedef {{type: Sorte, code: string, nom: string, de: string, departements: string[], departementNom: string,
 *   epci: {code: string, nom: string} | null, postaux: string[], autresNoms: string[], anciensNoms: string[]}} Lieu
 *   `de` : le nom après « de » (« du Faouët ») ; `departements` : codes, le dossier d’abord ; `epci`, `postaux` et
 *   `anciensNoms` : communes seulement ; `autresNoms` : intercommunalités seulement */
/** @typedef {{code: string, nom: string, chefLieu: string}} Ancienne un code qui n’a plus cours ; `nom` parfois vide */

/** @typedef {Awaited<ReturnType<typeof lieux>>} Lieux */

/** Les territoires, chargés une fois. */
export async function lieux() {
  const [lues, autres] = await Promise.all([communes(), charge("donnees/collectivites.json")]);
  return range(lues, autres);
}

/** @param {import("../finder/communes.js").Commune[]} lues @param {any} autres `donnees/collectivites.json` */
function range(lues, autres) {
  const liaisons = new Map(
    Object.entries(autres.liaisons).flatMap(([liaison, codes]) =>
      /** @type {string} */ (codes).split(" ").map((code) => /** @type {[string, string]} */ ([code, liaison])),
    ),
  );
  const parCode = {
    commune: index(
      lues.map((c) =>
        lieu("commune", c.code, c.nom, liaisons.get(c.code) ?? "de", {
          departements: [c.departement],
          departementNom: c.departementNom,
          postaux: c.postaux,
          anciensNoms: c.anciens,
          epci: c.epci && { code: c.epci.code, nom: c.epci.nom },
        }),
      ),
    ),
    epci: index(
      autres.epci.map((/** @type {string[]} */ [code, nom, liaison, departements, noms]) =>
        lieu("epci", code, nom, liaison, { departements: departements.split(" "), autresNoms: noms.split("|") }),
      ),
    ),
    departement: index(
      autres.departements.map((/** @type {string[]} */ [code, nom, liaison]) =>
        lieu("departement", code, nom, liaison, { departements: [code] }),
      ),
    ),
    region: index(
      autres.regions.map((/** @type {string[]} */ [code, nom, liaison, departements]) =>
        lieu("region", code, nom, liaison, { departements: departements.split(" ") }),
      ),
    ),
  };
  const toutes = [...parCode.commune.values()];
  const postaux = groupes(toutes, (c) => c.postaux);
  const noms = groupes(toutes, (c) => [cleDeNom(c.nom)]);
  const anciensNoms = groupes(toutes, (c) => c.anciensNoms.map(cleDeNom));
  const nomsEpci = groupes([...parCode.epci.values()], (e) => [e.nom, ...e.autresNoms].map(cleDeNom));
  /** @type {Map<string, Ancienne>} */
  const anciennes = new Map(
    autres.anciennes.map((/** @type {string[]} */ [code, chefLieu, nom = ""]) => [code, { code, nom, chefLieu }]),
  );

  /** @param {string} type @param {string} code @returns {Lieu | undefined} */
  const collectivite = (type, code) =>
    Object.hasOwn(parCode, type) ? parCode[/** @type {Sorte} */ (type)].get(code) : undefined;

  return {
    collectivite,
    /** @param {string} code INSEE */
    commune: (code) => parCode.commune.get(code),
    /** @param {string} code SIREN */
    epci: (code) => parCode.epci.get(code),
    /** @param {string} code */
    departement: (code) => parCode.departement.get(code),
    /** @param {string} code */
    region: (code) => parCode.region.get(code),
    /** Tous ceux d’une sorte, dans l’ordre des codes. @param {Sorte} type @returns {Lieu[]} */
    tous: (type) => [...parCode[type].values()],
    /** Les communes d’un code postal. @param {string} code @returns {Lieu[]} */
    parPostal: (code) => postaux.get(code) ?? [],
    /** Les communes de ce nom (six noms en ont deux), quels que soient accents, tirets, article ou « st ».
     * @param {string} nom @returns {Lieu[]} */
    parNom: (nom) => noms.get(cleDeNom(nom)) ?? [],
    /** Les communes qu’une commune de ce nom a rejointes. @param {string} nom @returns {Lieu[]} */
    parAncienNom: (nom) => anciensNoms.get(cleDeNom(nom)) ?? [],
    /** @param {string} nom d’ici, officiel ou d’usage @returns {Lieu[]} */
    epciParNom: (nom) => nomsEpci.get(cleDeNom(nom)) ?? [],
    /** Un code INSEE qui n’a plus cours. @param {string} code */
    ancienne: (code) => anciennes.get(code),
    /** Les départements où il s’étend, celui de son dossier d’abord. @param {string} type @param {string} code @returns {string[]} */
    departementsDe: (type, code) => collectivite(type, code)?.departements ?? [],
    /** Ce qu’une personne peut vouloir dire par un nom, un code postal ou un code, le plus sûr d’abord.
     * @param {string} mots @param {number} [nombre] @returns {Lieu[]} */
    cherche(mots, nombre = 8) {
      const question = plie(mots);
      if (!question) return [];
      const grands = [...parCode.region.values(), ...parCode.departement.values(), ...parCode.epci.values()].filter(
        (un) =>
          un.code === question || [un.nom, ...un.autresNoms].some((nom) => ` ${plie(nom)}`.includes(` ${question}`)),
      );
      const petits = chercheCommunes(lues, mots, nombre).map((c) => /** @type {Lieu} */ (parCode.commune.get(c.code)));
      // Une commune que la question commence passe avant les intercommunalités qui portent son nom.
      const premiers = petits.filter((c) => [plie(c.nom), cleDeNom(c.nom)].some((nom) => nom.startsWith(question)));
      return [...new Set([...premiers, ...grands, ...petits])].slice(0, nombre);
    },
  };
}

/** @param {Sorte} type @param {string} code @param {string} nom @param {string} liaison @param {Partial<Lieu>} plus @returns {Lieu} */
const lieu = (type, code, nom, liaison, plus) => ({
  type,
  code,
  nom,
  de: avecDe(liaison, nom),
  departements: [],
  departementNom: "",
  epci: null,
  postaux: [],
  autresNoms: [],
  anciensNoms: [],
  ...plus,
});

/** @param {Lieu[]} liste @returns {Map<string, Lieu>} */
const index = (liste) => new Map(liste.sort((a, b) => (a.code < b.code ? -1 : 1)).map((un) => [un.code, un]));

/** @param {Lieu[]} liste @param {(un: Lieu) => string[]} cles @returns {Map<string, Lieu[]>} */
function groupes(liste, cles) {
  /** @type {Map<string, Lieu[]>} */
  const trouves = new Map();
  for (const un of liste) for (const cle of new Set(cles(un))) trouves.set(cle, [...(trouves.get(cle) ?? []), un]);
  return trouves;
}

/** Le nom après « de » : « du », « des », « de la » et « de l’ » prennent la place de l’article du nom.
 * @param {string} liaison @param {string} nom @returns {string} */
function avecDe(liaison, nom) {
  if (liaison === "de") return `de ${nom}`;
  if (liaison === "d’") return `d’${nom}`;
  const nu = nom.replace(/^(?:Le |La |Les |L[’'])/, "");
  return liaison.endsWith("’") ? `${liaison}${nu}` : `${liaison} ${nu}`;
}

/** Ce que deux façons d’écrire un nom ont en commun : « Le Faouët » et « faouet ». @param {string} nom @returns {string} */
export const cleDeNom = (nom) => plie(nom).replace(/^(?:le|la|les|l) (?=.)/, "");
