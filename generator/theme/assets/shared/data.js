// Les données que lisent nos scripts : chacune n’est demandée qu’au premier usage, une seule fois.
// @ts-check
import { demande } from "./failures.js";

/** L’adresse de la racine du site, où que soit la page. */
export const RACINE = import.meta.url.slice(0, import.meta.url.lastIndexOf("assets/"));

/** La même promesse à chaque appel, sauf si elle a échoué : un nouvel essai est possible.
 * @template T @param {() => Promise<T>} fait @returns {() => Promise<T>} */
export function unefois(fait) {
  /** @type {Promise<T> | undefined} */
  let faite;
  return () => {
    faite ??= fait();
    faite.catch(() => {
      faite = undefined;
    });
    return faite;
  };
}

/** @type {Map<string, () => Promise<any>>} */
const demandees = new Map();

/** @param {string} chemin depuis la racine du site, ou une adresse @returns {Promise<any>} */
export function charge(chemin) {
  const demandee =
    demandees.get(chemin) ?? unefois(() => demande(new URL(chemin, RACINE).href).then((texte) => JSON.parse(texte)));
  demandees.set(chemin, demandee);
  return demandee();
}

/** Minuscules sans accents ni ligatures, tout autre signe devient une espace : ce que fait `french.fold`.
 * @param {string} texte @returns {string} */
export const sansAccents = (texte) =>
  texte
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^0-9a-z]+/g, " ")
    .trim();

/** L’adresse d’un nom : « Côtes-d’Armor » devient « cotes-d-armor ». @param {string} texte @returns {string} */
export const slug = (texte) => sansAccents(texte).replaceAll(" ", "-");

/** De même que `sansAccents`, et « st » devient « saint ». @param {string} texte @returns {string} */
export const plie = (texte) => sansAccents(texte).replace(/(^| )st(e?)(?= |$)/g, "$1saint$2");

/** Kilomètres entre deux places en millièmes de degré : longitude, latitude.
 * @param {number[]} a @param {number[]} b @returns {number} */
export function distance(a, b) {
  const rad = Math.PI / 180000;
  const demi =
    Math.sin(((b[1] - a[1]) * rad) / 2) ** 2 +
    Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(((b[0] - a[0]) * rad) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(demi));
}

/** @param {number} km @returns {string} */
export const enKm = (km) => (km < 1 ? "à moins d’un kilomètre" : `à ${Math.round(km)} km`);

/** Un élément avec son texte ; jamais de balises dans une donnée.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} nom @param {Record<string, string>} [attributs] @param {(Node | string)[]} enfants
 * @returns {HTMLElementTagNameMap[T]} */
export function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) e.setAttribute(cle, valeur);
  e.append(...enfants);
  return e;
}
