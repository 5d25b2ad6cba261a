// Des champs d’un formulaire aux données d’une fiche, et retour. Le nom d’un champ est le chemin de sa clé.
// @ts-check
import { estGroupe } from "./reading.js";
import { champ, ecrite, estRang, typesDe } from "./schema.js";

/** @typedef {import("./schema.js").Noeud} Noeud */
/** Les données d’une fiche ou d’une de ses parties. @typedef {{[cle: string]: any}} Donnees */

/** Sous cette clé, un élément de liste qui vient de la fiche corrigée porte son rang dans celle-ci ; JSON l’ignore. */
export const ORIGINE = Symbol.for("origine");

/** Ce que dit un nom, et ceux qui le prolongent : il n’y est que s’il est montré. @typedef {{textes: string[], enfants: Map<string, Arbre>}} Arbre */
/** @returns {Arbre} */
const pousse = () => ({ textes: [], enfants: new Map() });

/** Les données que disent les champs d’un formulaire.
 *
 * Un nom est un chemin du schéma : `nom`, `collectivite.code`, `rencontres.0.debut` ; une liste de valeurs répète le sien
 * (`themes`, `autres_noms`). Les autres noms sont ignorés, dont ceux qui commencent par `_`. Les éléments d’une liste se
 * suivent dans l’ordre où ils arrivent, quels que soient leurs numéros. Un champ vide est une clé absente ; un groupe ou
 * un élément dont rien n’est rempli aussi. Un texte perd les signes que personne ne voit, les blancs de ses bords, et ses
 * retours à la ligne sauf là où le schéma veut du Markdown. Un nombre, oui ou non n’en devient un que là où le schéma dit
 * exactement `integer`, `number` ou `boolean` ; sinon il reste un texte, que la vérification refuse.
 *
 * Pour corriger une fiche : `base` est celle-ci ; ce que le formulaire montre remplace, ce qu’il ne montre pas est gardé.
 * `montres` dit les noms montrés : celui dont aucune valeur ne vient est vidé. Le champ caché `rencontres.0._origine` donne
 * le rang, dans `base`, de l’élément dont il garde ce qui n’est pas montré. Une valeur qui n’a pas changé reste telle
 * qu’elle était écrite.
 * @param {Iterable<[string, string]>} paires @param {{schema: Noeud, regles: import("./rules.js").Regles}} outils
 * @param {{base?: Donnees, montres?: Iterable<string>}} [correction] @returns {Donnees} */
export function imbrique(paires, { schema, regles }, { base, montres = [] } = {}) {
  const arbre = pousse();
  const invisibles = new RegExp(regles.patterns.hidden, "gu");
  for (const nom of montres) plante(arbre, nom.split("."), "");
  for (const [nom, valeur] of paires) plante(arbre, nom.split("."), valeur.replace(invisibles, ""));
  return groupe(schema, arbre, base) ?? {};
}

/** @param {Arbre} arbre @param {string[]} pas @param {string} texte */
function plante(arbre, [pas, ...suite], texte) {
  if (pas === undefined) return void arbre.textes.push(texte);
  const enfant = arbre.enfants.get(pas) ?? pousse();
  arbre.enfants.set(pas, enfant);
  plante(enfant, suite, texte);
}

/** @param {Noeud} noeud @param {Arbre | undefined} arbre @param {any} ancien @returns {any} rien quand il ne reste rien */
function compose(noeud, arbre, ancien) {
  if (noeud.properties) return groupe(noeud, arbre, ancien);
  if (!arbre) return ancien;
  if (noeud.items?.properties) return elements(noeud.items, arbre, ancien);
  if (noeud.items) return valeurs(noeud.items, arbre, ancien);
  const texte = nettoie(arbre.textes.at(-1) ?? "", noeud);
  return texte === "" ? undefined : type(texte, noeud, [ancien]);
}

/** @param {Noeud} noeud @param {Arbre | undefined} arbre @param {any} ancien */
function groupe(noeud, arbre, ancien) {
  /** @type {Donnees} */
  const resultat = {};
  for (const [cle, sous] of Object.entries(noeud.properties)) {
    const valeur = compose(sous, arbre?.enfants.get(cle), ancien?.[cle]);
    if (valeur !== undefined) resultat[cle] = valeur;
  }
  for (const cle of Object.keys(ancien ?? {})) if (!champ(noeud, cle)) resultat[cle] = ancien[cle];
  if (!Object.keys(resultat).length) return undefined;
  // Une liste exigée qui peut être vide se dit vide : personne n’y a rien répondu.
  for (const cle of noeud.required ?? []) if (peutEtreVide(champ(noeud, cle))) resultat[cle] ??= [];
  return resultat;
}

/** @param {Noeud | undefined} noeud */
const peutEtreVide = (noeud) => noeud?.items !== undefined && !noeud.minItems;

/** @param {Noeud} noeud @param {Arbre} arbre @param {any[] | undefined} anciens */
function elements(noeud, arbre, anciens) {
  const liste = [];
  for (const [rang, enfant] of arbre.enfants) {
    if (!estRang(rang) || !rempli(enfant)) continue;
    const dit = enfant.enfants.get("_origine")?.textes.at(-1) ?? "";
    const ancien = estRang(dit) ? anciens?.[Number(dit)] : undefined;
    const un = groupe(noeud, enfant, ancien);
    if (un && ancien) /** @type {any} */ (un)[ORIGINE] = Number(dit);
    if (un) liste.push(un);
  }
  return liste.length ? liste : undefined;
}

/** @param {Arbre} arbre @returns {boolean} */
const rempli = (arbre) =>
  arbre.textes.some((texte) => texte.trim() !== "") ||
  [...arbre.enfants].some(([nom, enfant]) => nom !== "_origine" && rempli(enfant));

/** @param {Noeud} noeud @param {Arbre} arbre @param {any} anciens */
function valeurs(noeud, { textes: siens, enfants }, anciens) {
  const textes = [...siens, ...[...enfants.values()].flatMap((enfant) => enfant.textes)];
  const liste = textes
    .map((texte) => nettoie(texte, noeud))
    .filter(Boolean)
    .map((texte) => type(texte, noeud, anciens ?? []));
  // Des cases n’ont pas d’ordre : celui de la fiche reste, ce qui s’ajoute vient après.
  const rang = (/** @type {any} */ un) => anciens?.indexOf(un) + 1 || Infinity;
  if (noeud.enum && anciens) liste.sort((a, b) => (rang(a) === rang(b) ? 0 : rang(a) - rang(b)));
  return liste.length ? liste : undefined;
}

/** @param {string} texte @param {Noeud} noeud @returns {string} */
function nettoie(texte, noeud) {
  const propre = texte.replace(/\r\n?/g, "\n").normalize("NFC").trim();
  return ["markdown", "bloc"].includes(noeud["x-texte"])
    ? propre
    : propre
        .split("\n")
        .map((ligne) => ligne.trim())
        .filter(Boolean)
        .join(" ");
}

/** La valeur d’un texte ; celle qu’il avait, si c’est la même. @param {string} texte @param {Noeud} noeud @param {any[]} anciens */
function type(texte, noeud, anciens) {
  const meme = anciens.find((ancien) => ancien !== undefined && nettoie(ecrite(ancien), noeud) === texte);
  if (meme !== undefined) return meme;
  const choisie = noeud.enum?.find((/** @type {any} */ une) => ecrite(une) === texte);
  if (choisie !== undefined) return choisie;
  const { noms, nul } = typesDe(noeud);
  const genre = noms.length === 1 ? noms[0] : "";
  if (nul && texte === "null") return null;
  if (genre === "integer" && /^-?[0-9]{1,15}$/.test(texte)) return Number(texte);
  if (genre === "number" && /^-?[0-9]{1,15}(?:[.,][0-9]{1,4})?$/.test(texte)) return Number(texte.replace(",", "."));
  return genre === "boolean" && ["oui", "non"].includes(texte) ? texte === "oui" : texte;
}

/** Les champs qui diraient ces données, dans leur ordre : l’inverse d’`imbrique`. Une liste de valeurs répète son nom ;
 * chaque groupe d’une liste a aussi son champ `_origine`.
 * @param {any} donnees @param {string} [chemin] @returns {[string, string][]} */
export function aplatit(donnees, chemin = "") {
  const sous = (/** @type {string | number} */ pas) => (chemin ? `${chemin}.${pas}` : String(pas));
  if (estGroupe(donnees)) return Object.entries(donnees).flatMap(([cle, un]) => aplatit(un, sous(cle)));
  if (!Array.isArray(donnees)) return [[chemin, ecrite(donnees)]];
  return donnees.flatMap((un, rang) =>
    estGroupe(un) ? [[`${sous(rang)}._origine`, String(rang)], ...aplatit(un, sous(rang))] : aplatit(un, chemin),
  );
}
