// Les sorties : la forge, le courriel, le fichier. Chacune dit ce qu’il reste à faire, même quand le navigateur refuse.
// @ts-check
import { element } from "../shared/data.js";
import { typo } from "../shared/waiting.js";

/** Octets d’une adresse que GitHub accepte sans erreur 414, avec une marge. */
const ADRESSE_MAX = 8000;
/** Signes d’un lien de courriel que tous les logiciels ouvrent. */
const COURRIEL_MAX = 1900;

/** Ce qu’il reste à faire ; rien, pour effacer ce qui était dit. @param {(Node | string)[]} contenu */
export function suite(...contenu) {
  document.getElementById("envoi-texte")?.replaceChildren();
  document
    .getElementById("envoi-suite")
    ?.replaceChildren(...(contenu.length ? [element("div", { class: "avis" }, ...contenu)] : []));
}

/** @param {(Node | string)[]} texte @returns {HTMLElement} */
const ligne = (...texte) => element("p", {}, ...texte.map((un) => (typeof un === "string" ? typo(un) : un)));

/** Après une fiche nouvelle, on en décrit souvent une autre. @returns {HTMLElement} */
const autreFiche = () =>
  ligne(
    "C’est envoyé ? ",
    element("button", { class: "lien", type: "button", "data-action": "effacer" }, "Commencer une autre fiche"),
  );

/** Le texte à copier à la main, hors de ce qui se lit à voix haute. @param {string} texte */
function aCopier(texte) {
  const zone = element("textarea", {
    class: "saisie fichier",
    rows: "8",
    readonly: "",
    "aria-label": "Le fichier, à copier",
  });
  zone.value = texte;
  zone.addEventListener("focus", () => zone.select());
  document.getElementById("envoi-texte")?.replaceChildren(zone);
}

/** @param {string} texte @returns {Promise<boolean>} */
async function copie(texte) {
  try {
    await navigator.clipboard.writeText(texte);
    return true;
  } catch {
    return false;
  }
}

/** Ouvre une page ; faux quand le navigateur bloque les fenêtres. @param {string} adresse @returns {boolean} */
function ouvre(adresse) {
  const fenetre = open(adresse, "_blank");
  if (!fenetre) return false;
  fenetre.opener = null;
  return true;
}

/** @param {string} nom @param {string} texte */
export function telecharge(nom, texte) {
  const adresse = URL.createObjectURL(new Blob([texte], { type: "application/yaml" }));
  const lien = element("a", { href: adresse, download: nom });
  document.body.append(lien);
  lien.click();
  lien.remove();
  setTimeout(() => URL.revokeObjectURL(adresse), 60_000);
}

/** @param {HTMLElement} zone le formulaire, qui porte les adresses @param {{chemin: string, texte: string}} fichier */
export function fichier(zone, { chemin, texte }) {
  const nom = nomDe(chemin);
  telecharge(nom, texte);
  const adresse = zone.dataset.courriel,
    depot = zone.dataset.depot;
  suite(
    ligne(`Le fichier ${nom} est dans vos téléchargements.`),
    adresse
      ? ligne("Joignez-le à un courriel pour ", element("strong", {}, adresse), ", ou gardez-le.")
      : depot
        ? ligne("Déposez-le sur ", element("a", { href: depot }, "le dépôt de l’annuaire"), ", ou gardez-le.")
        : ligne("Gardez-le : vous pourrez l’envoyer dès que l’annuaire aura une adresse où le recevoir."),
  );
}

/** @param {string} chemin */
const nomDe = (chemin) => chemin.split("/").at(-1) || "fiche.yml";

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
  if (!prete) aCopier(aColler);
}

/** Proposer un nouveau fichier, ou la modification d’un fichier publié, sur la forge.
 * @param {HTMLElement} zone @param {{chemin: string, texte: string, correction: boolean}} fichier */
export async function forge(zone, { chemin, texte, correction }) {
  const modele = (correction ? zone.dataset.edition : zone.dataset.nouveau) ?? "";
  const nom = zone.dataset.forge ?? "l’annuaire";
  const lieu = correction ? chemin.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(chemin);
  const avec = modele.replace("{chemin}", lieu).replace("{texte}", encodeURIComponent(texte));
  const entier = modele.includes("{texte}") && avec.length <= ADRESSE_MAX;
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
      ...(correction ? [] : [autreFiche()]),
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
  const entiere = trous(texte, changement).length <= ADRESSE_MAX;
  const sansFichier = trous("", changement);
  await surLaForge({
    adresse: entiere ? trous(texte, changement) : sansFichier.length <= ADRESSE_MAX ? sansFichier : trous("", ""),
    aColler: entiere ? "" : texte,
    page: "Ouvrir la demande",
    ouverte: "La demande, déjà remplie, s’est ouverte dans un autre onglet : relisez-la et envoyez-la.",
    copiee: "Le fichier corrigé est copié : collez-le dans la dernière case.",
    main: "Copiez le texte ci-dessous, puis collez-le dans la dernière case.",
    fin: [],
  });
}

/** @param {HTMLElement} zone @param {{chemin: string, texte: string, sujet: string, resume: string, nouvelle: boolean}} message */
export function courriel(zone, { chemin, texte, sujet, resume, nouvelle }) {
  const adresse = zone.dataset.courriel ?? "";
  const lien = (/** @type {string} */ corps) =>
    `mailto:${adresse}?subject=${encodeURIComponent(sujet)}&body=${encodeURIComponent(corps.replaceAll("\n", "\r\n"))}`;
  const debut = `Bonjour,\n\n${resume}\n\nFichier : ${chemin}\nJ’accepte la publication sous Licence Ouverte 2.0.\n`;
  const entier = lien(`${debut}\n${texte}`);
  const court = entier.length <= COURRIEL_MAX;
  if (!court) telecharge(nomDe(chemin), texte);
  location.href = court ? entier : lien(`${debut}\n(Le fichier est joint.)\n`);
  const a = element("strong", {}, adresse);
  suite(
    ...(court
      ? [
          ligne("Votre logiciel de courriel s’ouvre avec le message prêt : il reste à l’envoyer."),
          ligne("Rien ne s’est ouvert ? Écrivez à ", a, " et collez-y le texte ci-dessous."),
        ]
      : [
          ligne(
            "La fiche est trop longue pour tenir dans le message : elle vient d’être téléchargée. Joignez ce fichier au courriel qui s’ouvre.",
          ),
          ligne("Rien ne s’est ouvert ? Écrivez à ", a, " et joignez-le."),
        ]),
    ...(nouvelle ? [autreFiche()] : []),
  );
  if (court) aCopier(texte);
}
