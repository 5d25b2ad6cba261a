// Les index de Pagefind, un par sorte de page, que lit un seul programme. On ne lui demande qu’un mot à la fois : il oublie
// sans le dire ceux qu’il ne connaît pas.
// @ts-check
import { charge, RACINE } from "../shared/data.js";
import { SansReponse } from "../shared/failures.js";
import { ecris } from "./words.js";

/** @typedef {{url: string, meta: Record<string, string>}} Page */
/** @typedef {{score: number, lis: () => Promise<Page>}} Trouvee */
/** Les pages qui ont un mot, par sorte et par numéro. @typedef {Map<string, Map<string, Trouvee>>} Pages */
/** @typedef {{module: any, sortes: Record<string, string>, panne: Promise<never>}} Ouverts */

const DOSSIER = new URL("pagefind/", RACINE);
const PATIENCE = 20000; // millisecondes avant de tenir une réponse pour perdue

/** @type {Promise<Ouverts> | undefined} */
let ouverts;
let essais = 0;

/** Pagefind tait ses pannes : un morceau d’index qui ne vient pas ne serait qu’une page de moins. On les voit passer ici.
 * @param {(erreur: SansReponse) => void} tombe */
function ecoute(tombe) {
  const demande = globalThis.fetch;
  globalThis.fetch = async (adresse, ...suite) => {
    if (!String(adresse).includes(DOSSIER.pathname)) return demande(adresse, ...suite);
    try {
      const reponse = await demande(adresse, { signal: AbortSignal.timeout(PATIENCE) });
      if (!reponse.ok) throw new Error(`${reponse.status}`);
      return new Response(await reponse.arrayBuffer());
    } catch (cause) {
      const erreur = new SansReponse(String(adresse), { cause });
      tombe(erreur);
      throw erreur;
    }
  };
  return () => {
    globalThis.fetch = demande;
  };
}

/** Ouvre les index une fois. Un échec, même plus tard, pourra être retenté. @returns {Promise<Ouverts>} */
export function ouvre() {
  if (ouverts) return ouverts;
  /** @type {(erreur: SansReponse) => void} */
  let tombe = () => {};
  /** @type {Promise<never>} */
  const panne = new Promise((_, rejette) => {
    tombe = rejette;
  });
  const rends = ecoute(tombe);
  panne.catch(() => {
    rends();
    ouverts = undefined;
  });
  ouverts = Promise.race([ouvreTout(panne), panne]);
  ouverts.catch(tombe);
  return ouverts;
}

/** @param {Promise<never>} panne @returns {Promise<Ouverts>} */
async function ouvreTout(panne) {
  // Un module qui n’est pas venu reste absent pour certains navigateurs : à chaque essai son adresse.
  const adresse = new URL(`pages/pagefind.js${essais ? `?${essais}` : ""}`, DOSSIER).href;
  essais++;
  const [module, sortes] = await Promise.all([import(adresse), charge("pagefind/sortes.json")]);
  const reglages = (/** @type {string} */ sorte) => ({ noWorker: true, mergeFilter: { sorte } });
  await module.destroy();
  await module.options(reglages("pages"));
  await module.init();
  await module.preload(""); // attend le programme, ou dit sa panne : ce qui suit l’attendrait sans fin
  const autres = Object.keys(sortes).filter((sorte) => sorte !== "pages");
  await Promise.all(
    autres.map((sorte) => module.mergeIndex(new URL(`${sorte}/`, DOSSIER).pathname, { mergeFilter: { sorte } })),
  );
  return { module, sortes, panne };
}

/** @param {import("./words.js").Forme[]} formes @returns {Promise<Pages>} les pages qui ont l’une de ces formes */
export async function cherche(formes) {
  const { module, sortes, panne } = await ouvre();
  /** @type {Pages} */
  const pages = new Map(Object.keys(sortes).map((sorte) => [sorte, new Map()]));
  const demandes = formes.flatMap((forme) =>
    [...pages].map(async ([sorte, trouvees]) => {
      const mot = await ecris(forme);
      // Les suites d’un début peuvent tenir à deux morceaux d’index. Son signe de fin vient après toutes les lettres.
      if (!forme.entier) await module.preload(await ecris({ ...forme, entier: true }));
      const { results } = await module.search(mot, { filters: { sorte } });
      for (const { id, score, data } of results) {
        const connue = trouvees.get(id);
        const mieux = Math.max(connue?.score ?? 0, forme.entier ? score : score / 2);
        trouvees.set(id, { score: mieux, lis: () => Promise.race([data(), panne]) });
      }
    }),
  );
  await Promise.race([Promise.all(demandes), panne]);
  return pages;
}
