// Des champs d’un formulaire aux données d’une fiche, et retour. Le nom d’un champ est le chemin de sa clé.
// @ts-check
import { canon } from "./reading.js";
import { champ, ecrite, estRang } from "./schema.js";

/** @typedef {import("./schema.js").Noeud} Noeud */
/** Les données d’une fiche ou d’une de ses parties. @typedef {{[cle: string]: any}} Donnees */

/** Sous cette clé, un élément de liste qui vient de la fiche corrigée porte son rang dans celle-ci ; JSON l’ignore. */
export const ORIGINE = Symbol("origine");

/** @typedef {{textes: string[], enfants: Map<string, Arbre>}} Arbre */
/** @returns {Arbre} */
const pousse = () => ({ textes: [], enfants: new Map() });

/** Les données que disent les champs d’un formulaire.
 *
 * Un nom est un chemin du schéma : `nom`, `collectivite.code`, `rencontres.0.debut` ; une liste de valeurs répète le sien
 * (`themes`, `autres_noms`). Les autres noms sont ignorés, dont ceux qui commencent par `_`. Les éléments d’une liste se
 * suivent dans l’ordre où ils arrivent, quels que soient leurs numéros. Un champ vide est une clé absente ; un groupe ou
 * un élément dont rien n’est rempli aussi. Un texte perd les signes que personne ne voit, les blancs de ses bords, et ses
 * retours à la ligne sauf là où le schéma veut du Markdown. Un nombre, oui ou non n’en devient un que là où le schéma dit exactement `integer`, `number`
 * ou `boolean` ; sinon il reste un texte, que la vérification refuse.
 *
 * Pour corriger une fiche : `base` est celle-ci ; ce que le formulaire montre remplace, ce qu’il ne montre pas est gardé.
 * `montres` dit les chemins montrés, avec ou sans numéros (`contact.courriel`, `rencontres.debut`) : un chemin montré
 * dont aucune valeur ne vient est vidé. Le champ caché `rencontres.0._origine` donne le rang, dans `base`, de l’élément
 * dont il garde ce qui n’est pas montré. Une valeur qui n’a pas changé reste telle qu’elle était écrite.
 * @param {Iterable<[string, string]>} paires @param {{schema: Noeud, regles: import("./rules.js").Regles}} outils
 * @param {{base?: Donnees, montres?: Iterable<string>}} [correction] @returns {Donnees} */
export function imbrique(paires, { schema, regles }, { base, montres = [] } = {}) {
  const arbre = pousse();
  const invisibles = new RegExp(regles.patterns.hidden, "gu");
  for (const [nom, valeur] of paires) plante(arbre, nom.split("."), valeur.replace(invisibles, ""));
  const vus = new Set(
    [...montres].flatMap((chemin) => {
      const pas = chemin.split(".").filter((un) => !estRang(un));
      return pas.map((_, i) => pas.slice(0, i + 1).join("."));
    }),
  );
  return compose(schema, arbre, base, "", vus) ?? {};
}

/** @param {Arbre} arbre @param {string[]} pas @param {string} texte */
function plante(arbre, [pas, ...suite], texte) {
  if (pas === undefined) return void arbre.textes.push(texte);
  const enfant = arbre.enfants.get(pas) ?? pousse();
  arbre.enfants.set(pas, enfant);
  plante(enfant, suite, texte);
}

/** @param {Noeud} noeud @param {Arbre | undefined} arbre @param {any} ancien @param {string} chemin sans numéros
 * @param {Set<string>} vus @returns {any} rien quand il ne reste rien */
function compose(noeud, arbre, ancien, chemin, vus) {
  if (noeud.properties) return groupe(noeud, arbre, ancien, chemin, vus);
  if (!arbre && !vus.has(chemin)) return ancien;
  if (noeud.items?.properties) return elements(noeud.items, arbre, ancien, chemin, vus);
  if (noeud.items) return valeurs(noeud.items, arbre, ancien);
  const texte = nettoie(arbre?.textes.at(-1) ?? "", noeud);
  return texte === "" ? undefined : type(texte, noeud, [ancien]);
}

/** @param {Noeud} noeud @param {Arbre | undefined} arbre @param {any} ancien @param {string} chemin @param {Set<string>} vus */
function groupe(noeud, arbre, ancien, chemin, vus) {
  /** @type {Donnees} */
  const resultat = {};
  for (const [cle, sous] of Object.entries(noeud.properties)) {
    const valeur = compose(sous, arbre?.enfants.get(cle), ancien?.[cle], chemin ? `${chemin}.${cle}` : cle, vus);
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

/** @param {Noeud} noeud @param {Arbre | undefined} arbre @param {any[] | undefined} anciens @param {string} chemin
 * @param {Set<string>} vus */
function elements(noeud, arbre, anciens, chemin, vus) {
  const liste = [];
  for (const [rang, enfant] of arbre?.enfants ?? []) {
    if (!estRang(rang) || !rempli(enfant)) continue;
    const dit = enfant.enfants.get("_origine")?.textes.at(-1) ?? "";
    const ancien = estRang(dit) ? anciens?.[Number(dit)] : undefined;
    const un = groupe(noeud, enfant, ancien, chemin, vus);
    if (un && ancien) /** @type {any} */ (un)[ORIGINE] = Number(dit);
    if (un) liste.push(un);
  }
  return liste.length ? liste : undefined;
}

/** @param {Arbre} arbre @returns {boolean} */
const rempli = (arbre) =>
  arbre.textes.some((texte) => texte.trim() !== "") ||
  [...arbre.enfants].some(([nom, enfant]) => nom !== "_origine" && rempli(enfant));

/** @param {Noeud} noeud @param {Arbre | undefined} arbre @param {any} anciens */
function valeurs(noeud, arbre, anciens) {
  const textes = [...(arbre?.textes ?? []), ...[...(arbre?.enfants.values() ?? [])].flatMap((enfant) => enfant.textes)];
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
  return noeud["x-texte"] === "markdown"
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
  const { type: genre } = noeud;
  if (genre === "integer" && /^[0-9]{1,15}$/.test(texte)) return Number(texte);
  if (genre === "number" && /^-?[0-9]{1,15}(?:[.,][0-9]{1,4})?$/.test(texte)) return Number(texte.replace(",", "."));
  return genre === "boolean" && ["oui", "non"].includes(texte) ? texte === "oui" : texte;
}

/** Les champs qui diraient ces données, dans leur ordre : l’inverse d’`imbrique`. Une liste de valeurs répète son nom ;
 * chaque groupe d’une liste a aussi son champ `_origine`.
 * @param {Donnees} donnees @returns {[string, string][]} */
export function aplatit(donnees) {
  /** @type {[string, string][]} */
  const paires = [];
  /** @param {any} valeur @param {string} chemin */
  function va(valeur, chemin) {
    if (Array.isArray(valeur)) {
      for (const [rang, un] of valeur.entries()) {
        if (un !== null && typeof un === "object") {
          paires.push([`${chemin}.${rang}._origine`, String(rang)]);
          va(un, `${chemin}.${rang}`);
        } else va(un, chemin);
      }
    } else if (valeur !== null && typeof valeur === "object") {
      for (const [cle, un] of Object.entries(valeur)) va(un, chemin ? `${chemin}.${cle}` : cle);
    } else paires.push([chemin, ecrite(valeur)]);
  }
  va(donnees, "");
  return paires;
}

/** La fiche corrigée, ses rendez-vous tenus pour les agendas qui les suivent : celui qui a changé garde son identifiant,
 * gagne une révision et dit quand ; un nouveau reçoit un identifiant, le jour de son début, `-2` s’il est pris. Ce qui n’a
 * pas changé reste tel quel. Pour une fiche nouvelle, `base` est vide. Un rendez-vous est ce dont le schéma compte les révisions.
 * @param {Donnees} donnees données d’`imbrique`, qui savent d’où viennent les éléments @param {Donnees} base
 * @param {{schema: Noeud, aujourdhui: string}} outils `aujourdhui` : AAAA-MM-JJ @returns {Donnees} */
export function reouvre(donnees, base, { schema, aujourdhui }) {
  const tenues = { ...donnees };
  for (const [cle, noeud] of Object.entries(schema.properties)) {
    if (donnees[cle] === undefined) continue;
    if (noeud.items?.properties?.revision) tenues[cle] = tient(donnees[cle], base[cle] ?? [], aujourdhui);
    else if (noeud.properties?.revision && base[cle]) tenues[cle] = revise(donnees[cle], base[cle], aujourdhui);
  }
  return tenues;
}

/** @param {Donnees[]} nouvelles @param {Donnees[]} anciennes @param {string} aujourdhui @returns {Donnees[]} */
function tient(nouvelles, anciennes, aujourdhui) {
  // L’identifiant d’une rencontre retirée reste pris : les agendas la confondraient avec une autre.
  const pris = new Set([...anciennes.map(repere), ...nouvelles.flatMap((une) => une.id ?? [])]);
  return nouvelles.map((une) => suit(une, anciennes, pris, aujourdhui));
}

/** @param {Donnees} une @param {Donnees} avant @param {string} aujourdhui @returns {Donnees} */
function revise(une, avant, aujourdhui) {
  if (contenu(avant) === contenu(une)) return avant;
  return { ...une, id: repere(avant), revision: (Number(avant.revision) || 0) + 1, modifie_le: aujourdhui };
}

/** @param {Donnees} une @param {Donnees[]} anciennes @param {Set<string>} pris @param {string} aujourdhui @returns {Donnees} */
function suit(une, anciennes, pris, aujourdhui) {
  const avant =
    anciennes[/** @type {any} */ (une)[ORIGINE]] ?? anciennes.find((autre) => une.id && autre.id === une.id);
  if (avant) return revise(une, avant, aujourdhui);
  const jour = /^\d{4}-\d{2}-\d{2}/.exec(String(une.debut ?? ""))?.[0];
  if (une.id || !jour) return une;
  let id = jour;
  for (let n = 2; pris.has(id); n += 1) id = `${jour}-${n}`;
  pris.add(id);
  return { ...une, id };
}

/** L’identifiant d’une rencontre : par défaut, le jour de son début. @param {Donnees} une @returns {string} */
const repere = (une) => String(une.id ?? String(une.debut ?? "").slice(0, 10));

/** Ce que les agendas montrent d’une rencontre. @param {Donnees} une @returns {string} */
const contenu = ({ id, revision, modifie_le: modifieLe, ...reste }) => canon(reste);
