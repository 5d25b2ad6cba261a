// Ce que la personne voulait sans doute écrire : le choix le plus proche, la date dans sa forme attendue. Les mêmes
// devinettes que generator/entries/schemas/guesses.py.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { mostAlike } from "../shared/likeness.js";

/** @typedef {import("./tools.js").Outils} Outils */

/** Les `x-motif` des dates dans le schéma. */
export const DATES = new Set(["date", "date-partielle", "moment"]);

/** Le choix voulu : par son étiquette (« Climat et énergie »), par ressemblance, ou le seul qui contient les mots.
 * @param {string} mot @param {string[]} choix @param {string[]} etiquettes @param {Outils} outils @returns {string | undefined} */
export function choixVoulu(mot, choix, etiquettes, { regles }) {
  const voulu = sansAccents([...mot].slice(0, 100).join(""));
  const parEtiquette = new Map(etiquettes.slice(0, choix.length).map((nom, i) => [sansAccents(nom), choix[i]]));
  const plies = new Map(choix.map((nom) => [sansAccents(nom), nom]));
  const trouve = parEtiquette.get(voulu) ?? plies.get(voulu) ?? plies.get(mostAlike(voulu, plies.keys(), 0.7) ?? "");
  const { answers, negations } = regles.words;
  if (trouve !== undefined) {
    // « Inactive » n’est pas « active ».
    const fin = sansAccents(trouve);
    const devant = voulu.endsWith(fin) ? voulu.slice(0, -fin.length).trim() : voulu;
    return negations.split(" ").includes(devant) ? undefined : trouve;
  }
  if (Object.hasOwn(answers, voulu) && choix.includes(answers[voulu])) return answers[voulu];
  const mots = voulu.split(" ").filter(Boolean);
  const avec = choix.filter((nom) => mots.length && mots.every((un) => sansAccents(nom).split(" ").includes(un)));
  return avec.length === 1 ? avec[0] : undefined;
}

/** Une date telle qu’on l’écrit, dans la forme des fiches ; `existe` : elle est au calendrier ; `jour` : son vrai jour de la
 * semaine, si un autre est écrit. @typedef {{texte: string, existe: boolean, jour: string}} DateVoulue */

const SEMAINE = "dimanche lundi mardi mercredi jeudi vendredi samedi".split(" ");

/** La seule lecture d’une date : « 24/11/2026 » est 2026-11-24. En français le jour vient d’abord.
 * @param {string} valeur @param {string} motif @param {Outils} outils @returns {DateVoulue | undefined} */
export function dateVoulue(valeur, motif, { regles, mois }) {
  const texte = valeur
    .trim()
    .toLowerCase()
    .replace(/\s{1,99}/g, " ");
  for (const { pattern, parts } of regles.dates) {
    const trouve = new RegExp(pattern, "u").exec(texte);
    if (!trouve || !(parts.includes("jour") || motif === "date-partielle")) continue;
    const p = Object.fromEntries(parts.map((nom, i) => [nom, trouve[i + 1]]));
    const numero = numeroDuMois(p.mois, mois);
    if (!numero) return undefined;
    const annee = p.annee.length === 2 ? (p.annee < "50" ? "20" : "19") + p.annee : p.annee;
    let date = [annee, numero, ...(p.jour ? [p.jour] : [])].map((un) => un.padStart(2, "0")).join("-");
    // « 00:00 » est ce qu’un programme ajoute à un jour sans heure ; une personne écrit « 0h ».
    const sansHeure = !p.heure || (p.deux_points && Number(p.heure + (p.minute ?? "")) === 0);
    if (!sansHeure && motif === "moment") date += ` ${p.heure.padStart(2, "0")}:${p.minute ?? "00"}`;
    if (!existe(date)) return { texte: date, existe: false, jour: "" };
    const vrai = p.semaine ? SEMAINE[new Date(`${date.slice(0, 10)}T00:00Z`).getUTCDay()] : "";
    return { texte: date, existe: true, jour: p.semaine && !vrai.startsWith(p.semaine) ? vrai : "" };
  }
}

/** Une date garde-t-elle tous les nombres écrits, les zéros à part ? Une heure ne se perd pas, des secondes si.
 * @param {string} avant @param {string} apres @returns {boolean} */
export function gardeLesNombres(avant, apres) {
  const nombres = (/** @type {string} */ texte) => (texte.match(/[0-9]{1,99}/g) ?? []).filter(Number).length;
  return nombres(avant) <= nombres(apres);
}

/** « 20h30 », le jour d’un début, et si elle le suit ; rien pour ce qui n’est pas une heure. @param {string} heure @param {string} debut
 * @param {Outils} outils @returns {{fin: string, suit: boolean}} */
export function finVoulue(heure, debut, outils) {
  const nue = heure
    .trim()
    .toLowerCase()
    .replace(/\s{1,99}/g, " ");
  const trouve = new RegExp(outils.regles.patterns.hour_alone, "u").exec(nue);
  const voulu = dateVoulue(debut, "moment", outils);
  const sur = voulu?.existe && !voulu.jour && gardeLesNombres(debut, voulu.texte);
  const commence = sur ? voulu.texte : debut;
  const jour = commence.slice(0, 10);
  const fin = trouve ? `${jour} ${trouve[1].padStart(2, "0")}:${trouve[2] ?? "00"}` : "";
  const bon = fin && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(jour) && existe(jour) && existe(fin);
  return bon ? { fin, suit: commence.length === fin.length && commence < fin } : { fin: "", suit: false };
}

/** « janv » et « sept » ne nomment qu’un mois, « jui » en nomme deux. @param {string} mot @param {string[]} mois
 * @returns {string | undefined} */
function numeroDuMois(mot, mois) {
  if (/^\d/.test(mot)) return mot;
  const commencent = mois.filter((nom) => nom.startsWith(sansAccents(mot)));
  return commencent.length === 1 ? String(mois.indexOf(commencent[0]) + 1) : undefined;
}

/** Les numéros d’un texte, comme « 02 97 00 00 00 », et s’il ne dit rien d’autre ; aucun où un chiffre est de trop.
 * @param {string} valeur @param {Outils} outils @returns {{numeros: string[], seuls: boolean}} */
export function telephonesVoulus(valeur, { regles: { telephone } }) {
  const texte = valeur
    .trim()
    .toLowerCase()
    .replace(/\s{1,99}/g, " ")
    .replace(/[\u2010-\u2015]/g, "-");
  const numero = new RegExp(telephone.number, "gu");
  if (new RegExp(telephone.broken, "u").test(texte.replace(numero, "#"))) return { numeros: [], seuls: false };
  const numeros = [...texte.matchAll(numero)].map((trouve) => `0${trouve[1].replace(/[^0-9]/g, "")}`);
  return {
    numeros: [...new Set(numeros)].map((un) => (un.match(/../g) ?? []).join(" ")),
    seuls: new RegExp(telephone.said, "u").test(texte.replace(numero, "")),
  };
}

/** Ceux que l’on peut publier ; tous, où aucun ne le peut. @param {string[]} numeros @param {Outils} outils */
export function sansMobiles(numeros, { regles: { telephone } }) {
  const fixes = numeros.filter((un) => !new RegExp(telephone.mobile, "u").test(un));
  return fixes.length ? fixes : numeros;
}

/** Les adresses d’un texte, de pages ou de courriel, et s’il ne dit rien d’autre. @param {string} valeur @param {string} motif
 * @param {Outils} outils @returns {{adresses: string[], seules: boolean}} */
export function adressesVoulues(valeur, motif, { regles: { addresses } }) {
  if (!Object.hasOwn(addresses, motif)) return { adresses: [], seules: false };
  const { at, found, glued, said } = addresses[motif];
  const nu = valeur.trim().replace(/\s{1,99}/g, " ");
  const texte = at ? nu.replace(new RegExp(at, "gu"), "@") : nu;
  const adresse = new RegExp(found, "gu");
  const reste = texte.replace(adresse, "#").toLowerCase();
  if (new RegExp(glued, "u").test(reste)) return { adresses: [], seules: false };
  const adresses = [...texte.matchAll(adresse)].map(([une]) =>
    une.replace(/[.,;:!?'»]{1,99}$/, "").replace(/^https?/i, (protocole) => protocole.toLowerCase()),
  );
  return { adresses: [...new Set(adresses)], seules: new RegExp(said, "u").test(reste.replaceAll("#", "")) };
}

/** La date est-elle au calendrier, d’une année qui n’est pas une faute de frappe ?
 * @param {string} texte AAAA, AAAA-MM, AAAA-MM-JJ ou AAAA-MM-JJ HH:MM @returns {boolean} */
export function existe(texte) {
  const [jour, heure = "00:00"] = texte.split(" ");
  const entier = `${jour}-01-01`.slice(0, 10);
  const moment = new Date(`${entier}T${heure}Z`);
  return jour >= "1800" && jour < "2200" && moment.getUTCDate() === Number(entier.slice(8));
}
