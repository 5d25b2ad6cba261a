// Ce qu’un code veut dire : INSEE ou SIREN, d’aujourd’hui ou d’avant, postal, numéro. Douze anciens codes et 88 actuels sont
// aussi le code postal d’autres communes : toutes les lectures sont données. Les règles de generator/territories/codes.py, à
// changer avec lui.
// @ts-check

/** @typedef {import("./place_index.js").Named} Named */
/** @typedef {import("./place_index.js").Place} Place */
/** @typedef {import("./place_index.js").Places} Places */

/** Chiffres d’un numéro de département ou de région, d’un code INSEE ou postal, d’un SIREN, d’un SIRET. */
export const LENGTHS = new Set([2, 5, 9, 14]);
const IN_FRANCE = /^(?:0[1-9]|[1-8][0-9]|9[0-8]|2[ab])(?:[0-9]{3})?$/;
const PUBLIC_SIREN = /^2[123]([0-9]{2})[0-9]{5}/;

/** La clé d’un SIREN (Insee ; formule de Luhn). @param {string} siren @returns {boolean} */
export function luhn(siren) {
  const doubled = [...siren].reverse().map((digit, i) => Number(digit) * (i % 2 ? 2 : 1));
  return doubled.reduce((sum, n) => sum + (n > 9 ? n - 9 : n), 0) % 10 === 0;
}

/** Tout ce qu’un code peut vouloir dire, le code INSEE actuel d’abord. @param {Places} places @param {string} code @returns {Named[]} */
export function readCode(places, code) {
  const own = places.byCode.get(code);
  if (code.length === 2) return own ? [{ place: own, how: "numero" }] : [];
  if (code.length === 5) {
    const former = places.former.get(code);
    return [
      ...(own ? [{ place: own, how: "insee" }] : []),
      ...(former ? [{ place: former, how: "ancien-code" }] : []),
      ...(places.postal.get(code) ?? []),
    ];
  }
  if (code.length !== 9 && code.length !== 14) return [];
  const siren = code.slice(0, 9);
  const found = readSiren(places, siren);
  if (found) return [{ place: found, how: "siren" }];
  return (places.heirs.get(siren)?.places ?? []).map((place) => ({ place, how: "ancien-siren" }));
}

/** @param {Places} places @param {string} siren @returns {Place | undefined} */
function readSiren(places, siren) {
  const epci = places.byCode.get(siren);
  if (epci || !PUBLIC_SIREN.test(siren) || !luhn(siren)) return epci;
  const [number, order] = [siren.slice(2, 4), siren.slice(4, 8)];
  if (siren.startsWith("21")) return places.byCode.get(number + order.slice(1));
  if (order !== "0001") return undefined;
  return siren.startsWith("22") ? places.byCode.get(number) : places.prefectures.get(number);
}

/** @param {Places} places @param {string} code */
export function isElsewhere(places, code) {
  const number = (code.length === 9 || code.length === 14) && PUBLIC_SIREN.exec(code);
  const where = number ? number[1] : code;
  return IN_FRANCE.test(where) && !places.isWhole(where.slice(0, 2));
}
