// Les lieux de donnees/communes.json, par leurs noms et par leurs codes : de quoi lire ce que l’on tape (`places.js`).
// @ts-check
import { charge, slug as adresse, unefois } from "./data.js";
import { openWords } from "./place_names.js";

/** @typedef {"commune" | "epci" | "departement" | "region"} Kind le `type` de la collectivité d’une fiche */
/** @typedef {{type: Kind, code: string, nom: string, chemin: string, homonyme: boolean, departements: string[],
 *   postaux: string[], anciensCodes: string[], anciensNoms: string[], autresNoms: string[], nomBreton: string,
 *   place: number[], epci: Place | null, entier: boolean}} Place
 *   `chemin` : sa page, depuis la racine du site ; vide sans page ; `homonyme` : une autre commune a le même nom ;
 *   `departements` : codes, celui du dossier d’abord ; `place` : millièmes de degré, communes seulement ; `entier` : faux
 *   d’un département dont seules quelques communes sont dans l’annuaire */
/** Un lieu, et ce qui le nomme : « nom », « ancien-nom », « code-postal »… @typedef {{place: Place, how: string}} Named */
/** @typedef {ReturnType<typeof indexPlaces>} Places */

/** Tous les lieux, chargés une fois. @type {() => Promise<Places>} */
export const loadPlaces = unefois(() => charge("donnees/communes.json").then(indexPlaces));

const list = (/** @type {string | undefined} */ text, separator = " ") => (text ? text.split(separator) : []);
const byCode = (/** @type {Place} */ a, /** @type {Place} */ b) => (a.code < b.code ? -1 : 1);

/** @param {Kind} type @param {string} code @param {string} nom @param {string} slug @param {Partial<Place>} more @returns {Place} */
const place = (type, code, nom, slug, more) => ({
  type,
  code,
  nom,
  chemin: `territoires/${slug}/`,
  homonyme: false,
  departements: [],
  postaux: [],
  anciensCodes: [],
  anciensNoms: [],
  autresNoms: [],
  nomBreton: "",
  place: [],
  epci: null,
  entier: true,
  ...more,
});

/** @param {any} data donnees/communes.json */
export function indexPlaces(data) {
  const words = openWords(data.mots);
  /** @type {Map<Place, string[]>} */
  const initials = new Map();
  /** @type {Place[]} */
  const communes = [];
  /** @type {Place[]} */
  const epcis = [];
  for (const [code, nom, slug, members, others, sigles] of data.epci) {
    const departements = [...new Set(members.map((/** @type {any[]} */ row) => row[0].slice(0, 2)))].sort();
    const epci = code ? place("epci", code, nom, slug, { departements, autresNoms: list(others, "|") }) : null;
    if (epci) {
      epcis.push(epci);
      initials.set(epci, list(sigles));
    }
    for (const [insee, name, postaux, x, y, anciens, anciensCodes, nomBreton = ""] of members) {
      communes.push(
        place("commune", insee, name, "", {
          // De deux communes qui ont le même nom, l’adresse de chacune ajoute son département.
          homonyme: insee in data.homonymes,
          chemin: `communes/${data.homonymes[insee] ?? adresse(name)}/`,
          departements: [insee.slice(0, 2)],
          postaux: list(postaux),
          anciensNoms: list(anciens, "|"),
          anciensCodes: list(anciensCodes),
          nomBreton,
          place: [x, y],
          epci,
        }),
      );
    }
  }
  const departements = Object.entries(data.departements).map(([code, [nom, slug, nomBreton, entier]]) =>
    place("departement", code, nom, slug, { departements: [code], nomBreton, entier: Boolean(entier) }),
  );
  const whole = departements.filter((one) => one.entier).map((one) => one.code);
  /** @type {Map<string, Place>} */
  const prefectures = new Map();
  const regions = data.regions.map((/** @type {string[]} */ [nom, slug, nomBreton, code, prefecture]) => {
    const region = place("region", code, nom, slug, { departements: whole, nomBreton });
    prefectures.set(prefecture.slice(0, 2), region);
    return region;
  });
  /** @type {Place[]} */
  const all = [...communes.sort(byCode), ...epcis.sort(byCode), ...departements.sort(byCode), ...regions];
  const without = new Set(list(data.sans_page));
  for (const one of all) if (without.has(one.code)) one.chemin = "";

  /** @type {Map<string, Named[]>} */
  const names = new Map();
  /** Chaque nom en mots, une espace devant chacun. @type {(Named & {words: string})[]} */
  const spoken = [];
  /** @type {Map<string, Named[]>} */
  const cores = new Map();
  /** @type {Map<string, Named[]>} */
  const postal = new Map();
  const codes = new Map(all.map((one) => [one.code, one]));
  const former = new Map(communes.flatMap((one) => one.anciensCodes.map((code) => [code, one])));
  for (const one of all) {
    for (const [how, nom] of listNames(one, initials.get(one) ?? [])) {
      const parts = words.listWords(nom);
      spoken.push({ place: one, how, words: ` ${parts.join(" ")}` });
      for (const key of words.listKeys(parts)) put(names, key, { place: one, how });
    }
    for (const code of one.postaux) put(postal, code, { place: one, how: "code-postal" });
    const called = one.type === "commune" ? [] : [one.nom, ...one.autresNoms];
    for (const key of new Set(called.map((nom) => words.coreKey(words.listWords(nom))))) {
      if (key) put(cores, key, { place: one, how: "nom-court" });
    }
  }
  return {
    words,
    all,
    names,
    spoken,
    cores,
    postal,
    former,
    heirs: findHeirs(data.anciens_epci ?? {}, codes),
    prefectures,
    /** Ce qui n’est pas dans l’annuaire : de grandes villes, des départements, des régions. */
    elsewhere: new Set(list(data.ailleurs)),
    byCode: codes,
    /** Un département tout entier dans l’annuaire. @param {string} code */
    isWhole: (code) => whole.includes(code),
  };
}

/** Une intercommunalité qui n’existe plus : son nom, et qui l’a reprise, qui en a pris le plus d’abord.
 * @typedef {{nom: string, places: Place[]}} Former */

/** @param {Record<string, string[]>} rows par SIREN @param {Map<string, Place>} codes @returns {Map<string, Former>} */
const findHeirs = (rows, codes) =>
  new Map(
    Object.entries(rows).map(([siren, [nom, heirs]]) => [
      siren,
      { nom, places: list(heirs).flatMap((code) => codes.get(code) ?? []) },
    ]),
  );

/** Comment on l’appelle, et ce que c’est de lui. @param {Place} one @param {string[]} initials @returns {[string, string][]} */
function listNames(one, initials) {
  const short = one.type === "commune" && /^Île-(?:de-|d’)?(.+)/.exec(one.nom);
  return [
    ["nom", one.nom],
    ...one.anciensNoms.map((nom) => /** @type {[string, string]} */ (["ancien-nom", nom])),
    .../** @type {[string, string][]} */ (short ? [["nom-court", short[1]]] : []),
    ...one.autresNoms.map((nom) => /** @type {[string, string]} */ (["nom", nom])),
    ...initials.map((nom) => /** @type {[string, string]} */ ([nom.length > 3 ? "sigle" : "initiales", nom])),
    .../** @type {[string, string][]} */ (one.nomBreton ? [["nom-breton", one.nomBreton]] : []),
  ];
}

/** @param {Map<string, Named[]>} map @param {string} key @param {Named} named */
function put(map, key, named) {
  const group = map.get(key) ?? [];
  if (!group.some((one) => one.place === named.place && one.how === named.how)) map.set(key, [...group, named]);
}
