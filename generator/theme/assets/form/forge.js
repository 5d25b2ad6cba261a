// La sortie par la forge : proposer un fichier, ou demander une correction, dans un autre onglet.
// @ts-check
import { element } from "../shared/data.js";
import { aCopier, autreFiche, copie, ligne, suite } from "./sending.js";

/** Octets d’une adresse que GitHub accepte, avec une marge. Qui n’est pas connecté passe d’abord par une page dont l’adresse porte la
 * première, encodée une seconde fois : c’est elle qui se mesure. */
const ADRESSE_MAX = 8000;
/** @param {string} adresse */
const tient = (adresse) => encodeURIComponent(adresse).length <= ADRESSE_MAX;

/** Ouvre une page ; faux quand le navigateur bloque les fenêtres. @param {string} adresse @returns {boolean} */
function ouvre(adresse) {
  const fenetre = open(adresse, "_blank");
  if (!fenetre) return false;
  fenetre.opener = null;
  return true;
}

/** Ouvre une page de la forge et dit ce qu’il reste à y faire. Ouvrir d’abord : après une attente, le navigateur ne croit plus que
 * c’est la personne qui l’a demandé.
 * @param {{adresse: string, aColler: string, page: string, ouverte: string, copiee: string, main: string, fin: HTMLElement[]}} pas
 *   aColler : le texte qui ne tient pas dans l’adresse ; copiee, main : quoi en faire, selon qu’il est copié ou non */
async function surLaForge({ adresse, aColler, page, ouverte, copiee, main, fin }) {
  const enCours = aColler ? copie(aColler) : true;
  const faite = ouvre(adresse);
  const prete = await enCours;
  suite(
    faite
      ? ligne(ouverte)
      : ligne(
          "Votre navigateur a bloqué l’ouverture de la page. ",
          element("a", { href: adresse, target: "_blank", rel: "noopener" }, page),
        ),
    ...(aColler ? [ligne(prete ? copiee : main)] : []),
    ...fin,
  );
  // Copié ou non : rien de ce qui est écrit ne dépend d’une page qui demande d’abord de se connecter.
  if (aColler) aCopier(aColler);
}

/** Proposer un nouveau fichier, ou la modification d’un fichier publié, sur la forge ; `seule` : la page n’en écrit pas d’autre
 * ensuite. @param {HTMLElement} zone @param {{chemin: string, texte: string, correction: boolean, seule?: boolean}} fichier */
export async function forge(zone, { chemin, texte, correction, seule = correction }) {
  const modele = (correction ? zone.dataset.edition : zone.dataset.nouveau) ?? "";
  const nom = zone.dataset.forge ?? "l’annuaire";
  const lieu = correction ? chemin.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(chemin);
  const avec = modele.replace("{chemin}", lieu).replace("{texte}", encodeURIComponent(texte));
  const entier = modele.includes("{texte}") && tient(avec);
  await surLaForge({
    adresse: entier ? avec : modele.replace("&value={texte}", "").replace("{chemin}", lieu),
    aColler: entier ? "" : texte,
    page: `Ouvrir la page de ${nom}`,
    ouverte: `La page de ${nom} s’est ouverte dans un autre onglet.`,
    copiee: correction
      ? "Le texte est copié : là-bas, sélectionnez tout, puis collez à la place."
      : "Le texte est copié : collez-le dans la grande zone vide.",
    main: correction
      ? "Copiez le texte ci-dessous, puis collez-le là-bas à la place de tout le reste."
      : "Copiez le texte ci-dessous, puis collez-le dans la grande zone vide.",
    fin: [
      ligne(
        "Enregistrez-y la proposition (« Propose changes » ou « Commit changes ») : la vérification se fait seule, puis une personne relit.",
      ),
      ...(seule ? [] : [autreFiche()]),
    ],
  });
}

/** Demander une correction sur la forge : la demande est lue, vérifiée et proposée toute seule.
 * @param {HTMLElement} zone @param {{texte: string, fiche: string, titre: string, changement: string}} correction */
export async function demande(zone, { texte, fiche, titre, changement }) {
  const trous = (/** @type {string} */ fichier, /** @type {string} */ mots) =>
    Object.entries({ titre, fiche, changement: mots, fichier }).reduce(
      (adresse, [nom, valeur]) => adresse.replace(`%7B${nom}%7D`, () => encodeURIComponent(valeur)),
      zone.dataset.demande ?? "",
    );
  const entiere = tient(trous(texte, changement));
  const sansFichier = trous("", changement);
  await surLaForge({
    adresse: entiere ? trous(texte, changement) : tient(sansFichier) ? sansFichier : trous("", ""),
    aColler: entiere ? "" : texte,
    page: "Ouvrir la demande",
    ouverte: "La demande, déjà remplie, s’est ouverte dans un autre onglet : relisez-la et envoyez-la.",
    copiee: "Le fichier corrigé est copié : collez-le dans la dernière case.",
    main: "Copiez le texte ci-dessous, puis collez-le dans la dernière case.",
    fin: [],
  });
}
